import { useFrame } from "@react-three/fiber";
import { useEffect, useMemo, useRef } from "react";
import {
  BufferAttribute,
  BufferGeometry,
  LineBasicMaterial,
  type Mesh,
  type OrthographicCamera,
  type Vector3,
} from "three";

export interface DrawnMeasurement {
  id: string;
  /** One or more, joined by lines. */
  points: readonly Vector3[];
}

/** A point's radius on the screen, CSS pixels. */
const POINT_PIXELS = 4;
const INK = "#5ad1ff";
/** After all surfaces: a measurement is never hidden by what it measures. */
const ORDER = 10;

/** What was measured as points joined by lines, on top of everything. */
export function MeasurementLines({ measurements }: { measurements: readonly DrawnMeasurement[] }) {
  return measurements.map(({ id, points }) => (
    <group key={id}>
      {points.map((at, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: points have no other name than their place
        <Point key={i} at={at} />
      ))}
      {points.length > 1 ? <Line points={points} /> : null}
    </group>
  ));
}

function Point({ at }: { at: Vector3 }) {
  const mesh = useRef<Mesh>(null);
  useFrame(({ camera }) => mesh.current?.scale.setScalar(POINT_PIXELS / (camera as OrthographicCamera).zoom));
  return (
    <mesh ref={mesh} position={at} renderOrder={ORDER}>
      <sphereGeometry args={[1, 12, 8]} />
      <meshBasicMaterial color={INK} depthTest={false} transparent />
    </mesh>
  );
}

function Line({ points }: { points: readonly Vector3[] }) {
  const material = useMemo(() => new LineBasicMaterial({ color: INK, depthTest: false, transparent: true }), []);
  const geometry = useMemo(() => {
    const pairs = points.slice(1).flatMap((to, i) => [...points[i]!.toArray(), ...to.toArray()]);
    return new BufferGeometry().setAttribute("position", new BufferAttribute(new Float32Array(pairs), 3));
  }, [points]);
  useEffect(() => () => geometry.dispose(), [geometry]);
  useEffect(() => () => material.dispose(), [material]);
  return <lineSegments geometry={geometry} material={material} renderOrder={ORDER} />;
}
