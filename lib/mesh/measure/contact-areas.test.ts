import { describe, expect, test } from "vitest";
import { signedDistances } from "./closest-distances.ts";
import { contactAreas } from "./contact-areas.ts";
import { hillySheet } from "./sample-surfaces.ts";

describe("contacts", () => {
  const flat = hillySheet(40, 8, () => 0);
  /** Two round hills of 2 mm that touch nothing lower than 0.1 mm. */
  const hills = hillySheet(40, 160, (x, y) => {
    const hill = Math.min(Math.hypot(x - 8, y), Math.hypot(x + 8, y));
    return 0.1 + hill ** 2 / 50;
  });

  test("two cusps on a plane are two contacts with the area of two circles", async () => {
    const distances = await signedDistances(hills.positions, flat, 2);
    const within = contactAreas(hills.positions, hills.indices, distances, 0.3);
    expect(within.count).toBe(2);
    // 0.1 + r²/50 = 0.3 gives r² = 10; the slope makes the surface a little larger than the circle.
    const share = within.areaMm2 / (2 * Math.PI * 10);
    expect(share).toBeGreaterThan(0.998);
    expect(share).toBeLessThan(1.012);
    expect(within.deepestMm).toBeCloseTo(0.1, 5);
  });

  test("a threshold between two vertices counts a part of their triangles", async () => {
    const slope = hillySheet(10, 2, (x) => x + 5);
    const distances = await signedDistances(
      slope.positions,
      hillySheet(60, 4, () => 0),
      11,
    );
    const { areaMm2 } = contactAreas(slope.positions, slope.indices, distances, 3);
    expect(areaMm2).toBeCloseTo(3 * 10 * Math.SQRT2, 3);
  });

  test("a wall that falls away from a contact is no contact", () => {
    const positions = new Float32Array([0, 0, 0, 10, 0, 0, 0, 0, -10]);
    const distances = new Float32Array([0.5, 0.5, Number.POSITIVE_INFINITY]);
    const { areaMm2 } = contactAreas(positions, new Uint32Array([0, 1, 2]), distances, 0.6);
    expect(areaMm2).toBeGreaterThan(0);
    expect(areaMm2).toBeLessThan(1);
  });

  test("no contact is none", async () => {
    const distances = await signedDistances(hills.positions, flat, 2);
    expect(contactAreas(hills.positions, hills.indices, distances, 0.05)).toMatchObject({ count: 0, areaMm2: 0 });
  });
});
