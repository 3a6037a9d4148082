import { describe, expect, test } from "vitest";
import { alignMeshes } from "./align-meshes.ts";
import { FAR, signedDistances } from "./closest-distances.ts";
import { summariseDeviations } from "./deviations.ts";
import type { Point } from "./geometry.ts";
import { composeMotions, motionOf, movePoint, movePositions, type RigidMotion, turnDegrees } from "./rigid-motion.ts";
import { bumpyBall, hillySheet, steadyNumbers } from "./sample-surfaces.ts";

/** A landscape without symmetry, as a jaw is one. */
const landscape = (x: number, y: number) =>
  2.2 * Math.exp(-((x - 6) ** 2 + (y - 3) ** 2) / 9) +
  1.6 * Math.exp(-((x + 7) ** 2 + (y + 4) ** 2) / 5) +
  1.1 * Math.exp(-((x - 1) ** 2 + (y + 6) ** 2) / 3) +
  0.3 * Math.sin(x) * Math.cos(0.7 * y) +
  (x * x) / 40 +
  (y * y * y) / 2000;

/** How far the farthest corner of a 30 mm box ends from where it came from, µm. */
function missUm(motion: RigidMotion): number {
  let worst = 0;
  for (const x of [-15, 15])
    for (const y of [-10, 10])
      for (const z of [0, 3]) {
        const [a, b, c] = movePoint(motion, [x, y, z]);
        worst = Math.max(worst, Math.hypot(a - x, b - y, c - z));
      }
  return worst * 1000;
}

const reference = hillySheet(30, 120, landscape);

describe("a scan made again", () => {
  test.each<[string, Point, Point]>([
    ["where it was", [0, 0, 0], [0, 0, 0]],
    ["a little beside", [0.02, -0.05, 0.03], [0.8, -0.4, 0.5]],
    ["in another scanner's axes", [0.4, -1.9, 2.2], [35, -60, 120]],
    ["upside down", [Math.PI, 0, 0], [2, 40, -7]],
  ])("is laid onto the first one to less than 2 µm, %s", async (_, turn, shift) => {
    const moved = motionOf(turn, shift);
    const again = movePositions(hillySheet(30, 113, landscape).positions, moved);
    const { motion, rmsUm, matched } = await alignMeshes(again, reference);
    // Both are sheets of flat triangles over the same hills: what is left is the difference of their grids.
    expect(missUm(composeMotions(motion, moved))).toBeLessThan(2);
    expect(rmsUm).toBeLessThan(15);
    expect(matched).toBeGreaterThan(0.9);
  });

  test("is not pulled by what was ground away, which is then what the colours show", async () => {
    const ground = hillySheet(30, 120, (x, y) => landscape(x, y) - (Math.hypot(x - 6, y - 3) < 3 ? 0.8 : 0));
    const noise = steadyNumbers(5);
    const noisy = ground.positions.map((value) => value + 0.008 * (noise() - 0.5));
    const moved = motionOf([0.1, 0.3, -0.2], [6, -3, 4]);
    const { motion } = await alignMeshes(movePositions(noisy, moved), reference);
    expect(missUm(composeMotions(motion, moved))).toBeLessThan(5);
    const laid = movePositions(movePositions(noisy, moved), motion);
    const distances = await signedDistances(laid, reference, 2);
    const all = summariseDeviations(laid, ground.indices, distances, 0.05);
    expect(all.lowestMm).toBeGreaterThan(-0.83);
    expect(all.lowestMm).toBeLessThan(-0.7);
    expect(all.highestMm).toBeLessThan(0.05);
    expect(all.within).toBeGreaterThan(0.9);
    expect(all.comparedMm2 / all.wholeMm2).toBeGreaterThan(0.97);
  });

  test("ends when asked to", async () => {
    await expect(
      alignMeshes(reference.positions, reference, () => Promise.reject(new Error("closed"))),
    ).rejects.toThrow("closed");
  });
});

test("deviations are weighed by area", () => {
  const ball = bumpyBall(5, 0, [0, 0, 0], 40);
  const distances = new Float32Array(ball.positions.length / 3);
  for (let vertex = 0; vertex < distances.length; vertex++)
    distances[vertex] = ball.positions[vertex * 3 + 2]! > 0 ? 0.1 : ball.positions[vertex * 3 + 2]! < -4 ? FAR : -0.1;
  const { meanMm, rmsMm, within, comparedMm2, wholeMm2 } = summariseDeviations(
    ball.positions,
    ball.indices,
    distances,
    0.05,
  );
  // By area: 50 of 90 hundredths of the ball lie above its equator (Archimedes' hat box), 40 below.
  expect(meanMm).toBeCloseTo(0.1 * (5 - 4) * (1 / 9), 1);
  expect(rmsMm).toBeCloseTo(0.1, 5);
  expect(within).toBe(0);
  expect(comparedMm2 / wholeMm2).toBeCloseTo(0.9, 1);
});

test("a turn is told in degrees", () => {
  expect(turnDegrees(motionOf([0, Math.PI / 6, 0], [1, 2, 3]))).toBeCloseTo(30, 9);
  expect(turnDegrees(motionOf([0, 0, Math.PI], [0, 0, 0]))).toBeCloseTo(180, 9);
});
