import { triangleArea } from "./contact-areas.ts";

/** How far a surface lies from another one, over its area. mm; positive where it stands out. */
export interface DeviationSummary {
  meanMm: number;
  rmsMm: number;
  /** The most that is missing, and the most that stands out. */
  lowestMm: number;
  highestMm: number;
  /** Five and ninety-five hundredths of the area lie below these. */
  lowMm: number;
  highMm: number;
  /** The share of the area within the tolerance, 0 … 1. */
  within: number;
  /** The area that has another surface within reach; the rest has none to compare with. */
  comparedMm2: number;
  wholeMm2: number;
}

/** @param distances per vertex, mm, signed (signedDistances); not finite where there is nothing to compare with */
export function summariseDeviations(
  positions: Float32Array,
  indices: Uint32Array,
  distances: Float32Array,
  toleranceMm: number,
): DeviationSummary {
  const areas = new Float64Array(distances.length);
  let wholeMm2 = 0;
  for (let i = 0; i + 2 < indices.length; i += 3) {
    const corners = [indices[i]!, indices[i + 1]!, indices[i + 2]!] as const;
    const area = triangleArea(positions, corners);
    wholeMm2 += area;
    for (const corner of corners) areas[corner]! += area / 3;
  }
  const compared = [...distances.keys()].filter((vertex) => Number.isFinite(distances[vertex]!) && areas[vertex]! > 0);
  const order = Uint32Array.from(compared).sort((a, b) => distances[a]! - distances[b]!);
  let comparedMm2 = 0;
  let sum = 0;
  let squares = 0;
  let inside = 0;
  for (const vertex of order) {
    const [mm, area] = [distances[vertex]!, areas[vertex]!];
    comparedMm2 += area;
    sum += mm * area;
    squares += mm * mm * area;
    if (Math.abs(mm) <= toleranceMm) inside += area;
  }
  const whole = comparedMm2 || 1;
  return {
    meanMm: sum / whole,
    rmsMm: Math.sqrt(squares / whole),
    lowestMm: distances[order[0] ?? -1] ?? 0,
    highestMm: distances[order.at(-1) ?? -1] ?? 0,
    lowMm: atShare(order, distances, areas, 0.05 * comparedMm2),
    highMm: atShare(order, distances, areas, 0.95 * comparedMm2),
    within: inside / whole,
    comparedMm2,
    wholeMm2,
  };
}

/** The distance up to which so much area lies. */
function atShare(order: Uint32Array, distances: Float32Array, areas: Float64Array, wantedMm2: number): number {
  let seen = 0;
  for (const vertex of order) {
    seen += areas[vertex]!;
    if (seen >= wantedMm2) return distances[vertex]!;
  }
  return 0;
}
