const LENGTHS_MM = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];
const SHORTEST_PIXELS = 36;

/** The shortest round length that is still easy to see. */
export function chooseScale(pixelsPerMm: number): { mm: number; pixels: number } {
  const mm = LENGTHS_MM.find((length) => length * pixelsPerMm >= SHORTEST_PIXELS) ?? 100;
  return { mm, pixels: Math.round(mm * pixelsPerMm) };
}
