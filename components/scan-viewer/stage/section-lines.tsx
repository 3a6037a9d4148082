import { useEffect, useMemo } from "react";
import { BufferAttribute, BufferGeometry, LineBasicMaterial, type Vector3 } from "three";
import type { ScanLines } from "#components/scan-viewer/section/use-section.ts";
import { fromPlane, type SectionPlane } from "#lib/mesh/measure/section-mesh.ts";

/** On top of the surfaces, below measurements. */
const ORDER = 9;

/** The lines of a section in the scene, in the colours of its picture, and the edge of its plane. */
export function SectionLines(props: {
  plane: SectionPlane;
  lines: readonly ScanLines[];
  /** The plane that the lines lie in: the one before, while the next ones are on their way. */
  linesOf: SectionPlane | null;
  offsets: ReadonlyMap<string, Vector3>;
  /** Half of the plane's side, mm. */
  reachMm: number;
}) {
  const { plane, reachMm } = props;
  const frame = useMemo(() => {
    const corners = [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ].map(([x, y]) => fromPlane(plane, [x! * reachMm, y! * reachMm]));
    return corners.flatMap((corner, i) => [...corner, ...corners[(i + 1) % 4]!]);
  }, [plane, reachMm]);
  return (
    <>
      <Lines points={frame} colour="#ffffff" opacity={0.45} />
      {props.lines.map(({ scanId, colour, contours }) => (
        <group key={scanId} position={props.offsets.get(scanId)}>
          <Lines
            points={contours.flatMap(({ points }) => pairsOf(points, props.linesOf ?? plane))}
            colour={colour}
            opacity={1}
          />
        </group>
      ))}
    </>
  );
}

function pairsOf(points: Float64Array, plane: SectionPlane): number[] {
  const pairs: number[] = [];
  for (let i = 0; i + 3 < points.length; i += 2) {
    pairs.push(
      ...fromPlane(plane, [points[i]!, points[i + 1]!]),
      ...fromPlane(plane, [points[i + 2]!, points[i + 3]!]),
    );
  }
  return pairs;
}

function Lines({ points, colour, opacity }: { points: number[]; colour: string; opacity: number }) {
  const material = useMemo(
    () => new LineBasicMaterial({ color: colour, opacity, depthTest: false, transparent: true }),
    [colour, opacity],
  );
  const geometry = useMemo(
    () => new BufferGeometry().setAttribute("position", new BufferAttribute(new Float32Array(points), 3)),
    [points],
  );
  useEffect(() => () => geometry.dispose(), [geometry]);
  useEffect(() => () => material.dispose(), [material]);
  return <lineSegments geometry={geometry} material={material} renderOrder={ORDER} frustumCulled={false} />;
}
