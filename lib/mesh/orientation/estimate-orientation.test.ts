import { describe, expect, test } from "vitest";
import { crossOf, dotOf, type Point, unit } from "../measure/geometry.ts";
import { describeShape } from "./describe-shape.ts";
import { estimateOrientation } from "./estimate-orientation.ts";

type Place = (point: Point) => Point;

/**
 * An arch as scanners see it: open at the base, a ridge along a parabola, front at −y, crowns towards +z (lower)
 * or −z (upper).
 * @param from,to the part of the arch, −1 the patient's right end, 1 the left one
 */
function arch(jaw: "upper" | "lower", place: Place, { from = -1, to = 1 } = {}) {
  const columns = 80;
  const rows = 10;
  const positions: number[] = [];
  for (let column = 0; column <= columns; column++) {
    const t = from + ((to - from) * column) / columns;
    for (let row = 0; row <= rows; row++) {
      const across = row / rows - 0.5;
      const height = 9 * Math.cos(across * Math.PI) + 0.5 * Math.cos(t * 20);
      const z = jaw === "lower" ? height - 10 : 10 - height;
      positions.push(...place([t * (29 + across * 10), 45 * t * t - across * 10, z]));
    }
  }
  const indices: number[] = [];
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      const a = column * (rows + 1) + row;
      const b = a + rows + 1;
      const faces = [a, a + 1, b, a + 1, b + 1, b];
      indices.push(...(jaw === "upper" ? faces.toReversed() : faces));
    }
  }
  return describeShape(new Float32Array(positions), new Uint32Array(indices));
}

const AXES: Point[] = [
  [1, 0, 0],
  [-1, 0, 0],
  [0, 1, 0],
  [0, -1, 0],
  [0, 0, 1],
  [0, 0, -1],
];
const FRAMES = AXES.flatMap((up) => AXES.filter((axis) => dotOf(axis, up) === 0).map((anterior) => ({ up, anterior })));

/** Turns the head so that it looks along `anterior` with its upper jaw towards `up`, and moves it away. */
function lying({ up, anterior }: { up: Point; anterior: Point }): Place {
  const right = crossOf(anterior, up);
  return ([x, y, z]) =>
    [0, 1, 2].map((i) => -x * right[i]! - y * anterior[i]! + z * up[i]! + 17) as [number, number, number];
}

function expectDirection(found: Point, wanted: Point) {
  expect(dotOf(found, wanted)).toBeGreaterThan(0.999);
}

describe("the orientation of a case", () => {
  test.each(FRAMES)("is found for two jaws with up $up and front $anterior", (frame) => {
    const place = lying(frame);
    const found = estimateOrientation({ upper: arch("upper", place), lower: arch("lower", place) });
    expectDirection(found.up, frame.up);
    expectDirection(found.anterior, frame.anterior);
    expectDirection(found.right, crossOf(frame.anterior, frame.up));
  });

  test.each(FRAMES)("is found for a lone upper and a lone lower jaw with up $up and front $anterior", (frame) => {
    const place = lying(frame);
    for (const jaws of [
      { upper: arch("upper", place), lower: null },
      { upper: null, lower: arch("lower", place) },
    ]) {
      const found = estimateOrientation(jaws);
      expectDirection(found.up, frame.up);
      expectDirection(found.anterior, frame.anterior);
    }
  });

  test("keeps a frame that lies along no axis", () => {
    const up = unit([0.5, 0.5, 0.7]);
    const anterior = unit(crossOf(up, [1, 0, 0]));
    const place = lying({ up, anterior });
    const found = estimateOrientation({ upper: arch("upper", place), lower: arch("lower", place) });
    expect(dotOf(found.up, up)).toBeGreaterThan(Math.cos(0.09));
    expect(dotOf(found.anterior, anterior)).toBeGreaterThan(Math.cos(0.09));
    expect(dotOf(found.up, found.anterior)).toBeCloseTo(0, 6);
  });

  test("trusts the jaws' places when the triangles are inside out", () => {
    const place: Place = (point) => point;
    const upper = arch("upper", place);
    const lower = arch("lower", place);
    const insideOut = (shape: typeof upper) => ({ ...shape, opening: shape.opening.map((v) => -v) as never as Point });
    expectDirection(estimateOrientation({ upper: insideOut(upper), lower: insideOut(lower) }).up, [0, 0, 1]);
  });

  test("assumes the usual axes for a quadrant, whose front cannot be seen", () => {
    const lower = arch("lower", (point) => point, { from: 0.35, to: 1 });
    const found = estimateOrientation({ upper: null, lower });
    expectDirection(found.up, [0, 0, 1]);
    expectDirection(found.anterior, [0, -1, 0]);
    expectDirection(found.right, [-1, 0, 0]);
  });

  test.each([
    { along: 0, up: [1, 0, 0], anterior: [0, -1, 0] },
    { along: 1, up: [0, 1, 0], anterior: [0, 0, 1] },
    { along: 2, up: [0, 0, 1], anterior: [0, -1, 0] },
  ])("assumes the usual axes for boxes, which have no front, with up $up", ({ along, up, anterior }) => {
    const box = (size: Point, place: number, height: number) => {
      const corner = (i: number) =>
        size.map((side, axis) => (i & (1 << axis) ? side : 0) + (axis === along ? height : place));
      const samples = Float32Array.from(Array.from({ length: 8 }, (_, i) => corner(i)).flat());
      return { opening: [0, 0, 0] as const, samples };
    };
    for (const place of [0, 17.3, -40.0001]) {
      for (const size of [
        [10, 10, 10],
        [60, 50, 12],
      ] as const) {
        const found = estimateOrientation({ upper: box(size, place, 20), lower: box(size, place, -50) });
        expectDirection(found.up, up as never as Point);
        expectDirection(found.anterior, anterior as never as Point);
      }
    }
  });

  test("is the usual one when there is no jaw at all", () => {
    const found = estimateOrientation({ upper: null, lower: null });
    expect(found).toEqual({ up: [0, 0, 1], anterior: [0, -1, 0], right: [-1, 0, 0] });
  });
});
