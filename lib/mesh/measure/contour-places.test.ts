import { describe, expect, test } from "vitest";
import { nearestOnContours, thicknessAt } from "./contour-places.ts";
import { bumpyBall, hillySheet } from "./sample-surfaces.ts";
import { sectionMesh, sectionPlane } from "./section-mesh.ts";

const plane = sectionPlane([0, 0, 0.02], [0, 0, 1], [0, 1, 0]);

describe("measuring in a section", () => {
  test("a place beside the line is taken to the line", () => {
    const lines = sectionMesh(
      hillySheet(20, 20, () => 4),
      sectionPlane([0.3, 0, 0], [1, 0, 0], [0, 0, 1]),
    );
    const place = nearestOnContours(lines, [3.2, 5]);
    expect(place?.point[1]).toBeCloseTo(4, 6);
    expect(place?.distance).toBeCloseTo(1, 6);
  });

  test("the thickness of a ball through its middle is its diameter", () => {
    const ball = sectionMesh(bumpyBall(5, 0, [0, 0, 0], 96), plane);
    const place = nearestOnContours(ball, [9, 0])!;
    expect(thicknessAt(ball, place)?.mm).toBeCloseTo(10, 1);
  });

  test("the thickness is straight in to the nearest wall, as every line by line says", () => {
    const lines = sectionMesh(bumpyBall(6, 1.5, [0, 0, 0], 40), plane);
    for (let angle = 0; angle < 6.2; angle += 0.1) {
      const place = nearestOnContours(lines, [9 * Math.cos(angle), 9 * Math.sin(angle)])!;
      const { to, mm } = thicknessAt(lines, place)!;
      expect(nearestOnContours(lines, to)!.distance).toBeLessThan(1e-9);
      for (let step = 0.001; step < mm - 0.001; step += mm / 400) {
        const inside = [place.point[0] + place.inward[0] * step, place.point[1] + place.inward[1] * step] as const;
        const near = nearestOnContours(lines, inside)!;
        const towards = (near.point[0] - inside[0]) * near.inward[0] + (near.point[1] - inside[1]) * near.inward[1];
        expect(towards).toBeLessThan(1e-6);
      }
    }
  });

  test("an open sheet has no thickness", () => {
    const lines = sectionMesh(
      hillySheet(20, 20, () => 4),
      sectionPlane([0.3, 0, 0], [1, 0, 0], [0, 0, 1]),
    );
    expect(thicknessAt(lines, nearestOnContours(lines, [0, 5])!)).toBeNull();
  });
});
