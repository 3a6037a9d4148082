/** A point, mm. */
type Point = readonly [x: number, y: number, z: number];

/** Solids whose lengths and areas anybody can work out, as files that a person opens in the viewer. */
export interface Solid {
  points: Point[];
  /** Counter-clockwise seen from outside. */
  triangles: [number, number, number][];
}

/**
 * A box from one corner to the other, its sides cut into squares of a millimetre or so.
 * @param place where each of its points goes instead
 */
export function box(from: Point, to: Point, place: (point: Point) => Point = (point) => point): Solid {
  const numbers = new Map<string, number>();
  const solid: Solid = { points: [], triangles: [] };
  const cells = from.map((start, axis) => Math.max(1, Math.round(to[axis]! - start)));
  const numberOf = (steps: readonly number[]) => {
    const key = steps.join();
    if (!numbers.has(key)) {
      const at = steps.map((step, axis) => from[axis]! + ((to[axis]! - from[axis]!) * step) / cells[axis]!);
      numbers.set(key, solid.points.push(place(at as never as Point)) - 1);
    }
    return numbers.get(key)!;
  };
  for (const [axis, u, v] of [
    [0, 1, 2],
    [1, 2, 0],
    [2, 0, 1],
  ] as const)
    for (const level of [0, cells[axis]!])
      for (let i = 0; i < cells[u]!; i++)
        for (let j = 0; j < cells[v]!; j++) {
          const corner = (a: number, b: number) => {
            const steps = [level, level, level];
            steps[u] = a;
            steps[v] = b;
            return numberOf(steps);
          };
          const [a, b, c, d] = [corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)];
          if (level > 0) solid.triangles.push([a, b, c], [a, c, d]);
          else solid.triangles.push([c, b, a], [d, c, a]);
        }
  return solid;
}

export function asObj({ points, triangles }: Solid): Buffer {
  const vertices = points.map((point) => `v ${point.join(" ")}`);
  const faces = triangles.map((corners) => `f ${corners.map((corner) => corner + 1).join(" ")}`);
  return Buffer.from(`${[...vertices, ...faces].join("\n")}\n`);
}

export function asStl({ points, triangles }: Solid): Buffer {
  const bytes = Buffer.alloc(84 + triangles.length * 50);
  bytes.writeUInt32LE(triangles.length, 80);
  for (const [at, corners] of triangles.entries())
    for (const [k, value] of corners.flatMap((corner) => points[corner]!).entries())
      bytes.writeFloatLE(value, 84 + at * 50 + 12 + k * 4);
  return bytes;
}
