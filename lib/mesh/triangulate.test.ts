import { describe, expect, test } from "vitest";
import { parseObj } from "./parse-obj.ts";
import { triangulatePolygon } from "./triangulate.ts";

/** Corners in a plane askew in space. */
const askew = (flat: readonly (readonly [number, number])[]) =>
  flat.flatMap(([x, y]) => [x + 0.2 * y + 40, y - 0.1 * x, 0.7 * x + 0.4 * y - 9]);

function areaOf(positions: readonly number[], [a, b, c]: readonly number[]): number {
  const [p, q, r] = [a!, b!, c!].map((vertex) => positions.slice(vertex * 3, vertex * 3 + 3)) as [
    number[],
    number[],
    number[],
  ];
  const [u, v] = [q.map((value, axis) => value - p[axis]!), r.map((value, axis) => value - p[axis]!)];
  return Math.hypot(u[1]! * v[2]! - u[2]! * v[1]!, u[2]! * v[0]! - u[0]! * v[2]!, u[0]! * v[1]! - u[1]! * v[0]!) / 2;
}

/** Of all triangles together; more than the polygon's where they overlap or stick out. */
function coveredBy(positions: readonly number[], triangles: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < triangles.length; i += 3) sum += areaOf(positions, triangles.slice(i, i + 3));
  return sum;
}

const STRETCH =
  areaOf(
    askew([
      [0, 0],
      [1, 0],
      [0, 1],
    ]),
    [0, 1, 2],
  ) * 2;
const ARROW = [
  [0, 0],
  [2, -2],
  [6, 0],
  [2, 2],
] as const;
const DART = [
  [0, 0],
  [4, -3],
  [1, 0],
  [4, 3],
] as const;
const ELL = [
  [0, 0],
  [4, 0],
  [4, 1],
  [1, 1],
  [1, 3],
  [0, 3],
] as const;
const COMB = [
  [0, 0],
  [7, 0],
  [7, 4],
  [6, 4],
  [6, 1],
  [4, 1],
  [4, 4],
  [3, 4],
  [3, 1],
  [1, 1],
  [1, 4],
  [0, 4],
] as const;

describe("a polygon", () => {
  test.each([
    ["convex", ARROW, 12],
    ["a dart", DART, 3],
    ["an L", ELL, 6],
    ["a comb", COMB, 16],
  ])("that is %s is covered once, whichever corner comes first and which way round", (_, flat, area) => {
    const positions = askew(flat);
    const corners = [...flat.keys()];
    for (const first of corners) {
      for (const order of [corners, corners.toReversed()]) {
        const turned = [...order.slice(first), ...order.slice(0, first)];
        const triangles = triangulatePolygon(positions, turned);
        expect(triangles).toHaveLength((flat.length - 2) * 3);
        expect(coveredBy(positions, triangles)).toBeCloseTo(area * STRETCH, 6);
      }
    }
  });

  test("that crosses itself, or has no extent, still ends in as many triangles", () => {
    expect(
      triangulatePolygon(
        askew([
          [0, 0],
          [2, 2],
          [2, 0],
          [0, 2],
          [5, 1],
        ]),
        [0, 1, 2, 3, 4],
      ),
    ).toHaveLength(9);
    expect(triangulatePolygon(new Array(18).fill(1), [0, 1, 2, 3, 4, 5])).toHaveLength(12);
    expect(triangulatePolygon(new Array(15).fill(Number.NaN), [0, 1, 2, 3, 4])).toHaveLength(9);
  });
});

describe("an OBJ of another exporter", () => {
  const parse = (text: string) => parseObj(new TextEncoder().encode(text));

  test("reads the same with tabs, exponents, comments, joined lines, curves' points, groups and mixed corners", () => {
    const odd = [
      "# exported by somebody",
      "mtllib  case 1.mtl",
      "o Jaw\tupper",
      "g teeth gum",
      "v\t0.0\t0\t0e0",
      "v   1.0E+1 0.   .0 # corner",
      "v 1.e1 \\",
      "  +10 0",
      "v 0 1000e-2 0 1.0",
      "vp 0.5 0.5",
      "vp 0.25",
      "vt 0 0",
      "vn 0 0 1",
      "cstype bezier",
      "s off",
      "usemtl gum",
      "l 1 2",
      "p 1",
      "f 1/1/1 2//1 \\",
      "\t3",
      "f\t-4\t3/1 -1//-1   ",
    ].join("\r\n");
    const { mesh, dropped } = parse(odd);
    expect([...mesh.positions]).toEqual([0, 0, 0, 10, 0, 0, 10, 10, 0, 0, 10, 0]);
    expect([...mesh.indices]).toEqual([0, 1, 2, 0, 2, 3]);
    expect(dropped).toEqual({ notFinite: 0, tooFewCorners: 0 });
  });

  test("keeps its exactness far from the origin", () => {
    const { mesh } = parse(
      "v 123456.789012 -98765.432109 5\nv 123457.789012 -98765.432109 5\nv 123456.789012 -98764.432109 5\nf 1 2 3\n",
    );
    expect([...mesh.positions].slice(0, 2)).toEqual([123456.789012, -98765.432109]);
  });

  test("may name the corners of a hollow face before it says where they are", () => {
    const { mesh } = parse(`f 1 2 3 4\n${DART.map(([x, y]) => `v ${x} ${y} 0`).join("\n")}\n`);
    expect(coveredBy([...mesh.positions], [...mesh.indices])).toBeCloseTo(3, 9);
  });
});
