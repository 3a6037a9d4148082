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

export interface DrawnDistance {
  id: string;
  from: Vector3;
  /** Null while only the first point is picked. */
  to: Vector3 | null;
}

/** A point's radius on the screen, CSS pixels. */
const POINT_PIXELS = 4;
const INK = "#5ad1ff";
/** After all surfaces: a measurement is never hidden by what it measures. */
const ORDER = 10;

/** Measured distances as lines between two points, on top of everything. */
export function DistanceLines({ distances }: { distances: readonly DrawnDistance[] }) {
  return distances.map(({ id, from, to }) => (
    <group key={id}>
      <Point at={from} />
      {to ? <Point at={to} /> : null}
      {to ? <Line from={from} to={to} /> : null}
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

function Line({ from, to }: { from: Vector3; to: Vector3 }) {
  const material = useMemo(() => new LineBasicMaterial({ color: INK, depthTest: false, transparent: true }), []);
  const geometry = useMemo(() => {
    const points = new Float32Array([...from.toArray(), ...to.toArray()]);
    return new BufferGeometry().setAttribute("position", new BufferAttribute(points, 3));
  }, [from, to]);
  useEffect(() => () => geometry.dispose(), [geometry]);
  useEffect(() => () => material.dispose(), [material]);
  return <lineSegments geometry={geometry} material={material} renderOrder={ORDER} />;
}
