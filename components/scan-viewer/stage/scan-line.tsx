import { useThree } from "@react-three/fiber";
import { useEffect, useMemo } from "react";
import type { Vector3 } from "three";
import { LineMaterial } from "three/addons/lines/LineMaterial.js";
import { LineSegments2 } from "three/addons/lines/LineSegments2.js";
import { LineSegmentsGeometry } from "three/addons/lines/LineSegmentsGeometry.js";
import type { Appearance } from "#components/scan-viewer/viewer-state.ts";

const WIDTH_PIXELS = 2.6;
/** Apart from stone, from measurements and from the maps: the magenta that CAD programs draw margins in. */
const INK = "#ff4fd8";
/** Just in front of the surface it was drawn on, which its points do not follow between each other. */
const NEARER = -6;
const ORDER = 4;

/** A margin line, as wide on the screen wherever it is. What lies before it hides it; a ghost shows through everything. */
export function ScanLine(props: { line: Float32Array; appearance: Appearance; offset: Vector3 }) {
  const { line, appearance, offset } = props;
  const size = useThree((state) => state.size);
  const invalidate = useThree((state) => state.invalidate);
  const geometry = useMemo(() => new LineSegmentsGeometry().setPositions(line), [line]);
  const ghost = appearance.visibility === "ghost";
  const material = useMemo(
    () =>
      new LineMaterial({
        color: INK,
        linewidth: WIDTH_PIXELS,
        transparent: true,
        depthTest: !ghost,
        polygonOffset: true,
        polygonOffsetFactor: NEARER,
        polygonOffsetUnits: NEARER,
      }),
    [ghost],
  );
  const drawn = useMemo(() => new LineSegments2(geometry, material), [geometry, material]);
  material.opacity = ghost ? 0.55 : appearance.opacity;
  useEffect(() => {
    material.resolution.set(size.width, size.height);
    invalidate();
  }, [material, size, invalidate]);
  useEffect(() => () => geometry.dispose(), [geometry]);
  useEffect(() => () => material.dispose(), [material]);
  return <primitive object={drawn} position={offset} renderOrder={ORDER} />;
}
