import { useMemo } from "react";
import { Quaternion, Vector3 } from "three";
import type { DecodedScan } from "#components/scan-viewer/decode-preview.ts";
import type { Vector } from "#components/scan-viewer/vector.ts";

/** mm, beside the teeth it points at. */
const SHAFT_MM = 9;
const HEAD_MM = 3;
const INK = "#5ad1ff";
/** With measurements on top of everything: from below it would else stand inside the scan. */
const ORDER = 10;
const DOWN = new Vector3(0, -1, 0);

/** The way along which a restoration would be put in: an arrow over the scan, its tip where the scan ends. */
export function InsertionArrow({ mesh, axis, offset }: { mesh: DecodedScan; axis: Vector; offset: Vector3 }) {
  const { tip, turned } = useMemo(() => placeArrow(mesh, axis), [mesh, axis]);
  return (
    <group position={offset}>
      <group position={tip} quaternion={turned}>
        <mesh position={[0, HEAD_MM / 2, 0]} rotation={[Math.PI, 0, 0]} renderOrder={ORDER}>
          <coneGeometry args={[HEAD_MM / 3, HEAD_MM, 20]} />
          <meshBasicMaterial color={INK} depthTest={false} transparent />
        </mesh>
        <mesh position={[0, HEAD_MM + SHAFT_MM / 2, 0]} renderOrder={ORDER}>
          <cylinderGeometry args={[0.22, 0.22, SHAFT_MM, 10]} />
          <meshBasicMaterial color={INK} depthTest={false} transparent />
        </mesh>
      </group>
    </group>
  );
}

function placeArrow({ bounds }: DecodedScan, axis: Vector): { tip: Vector3; turned: Quaternion } {
  const [min, max] = [new Vector3(...bounds.min), new Vector3(...bounds.max)];
  const against = new Vector3(...axis).normalize();
  const half = max.clone().sub(min).multiplyScalar(0.5);
  const reach = Math.abs(against.x) * half.x + Math.abs(against.y) * half.y + Math.abs(against.z) * half.z;
  const tip = min.clone().add(half).addScaledVector(against, reach);
  return { tip, turned: new Quaternion().setFromUnitVectors(DOWN, against.clone().negate()) };
}
