/**
 * Cuts a polygon into triangles, by ears (Meisters 1975): right for hollow ones too, where a fan would cover what is outside. A convex
 * one becomes the usual fan from its first corner.
 * @param positions x y z per vertex
 * @param corners three or more vertices, around the polygon
 * @returns three vertices per triangle, two triangles fewer than corners
 */
export function triangulatePolygon(positions: ArrayLike<number>, corners: readonly number[]): number[] {
  const [first, ...rest] = corners;
  const flat = flatten(positions, corners);
  if (corners.length === 3 || isConvex(flat)) {
    return rest.slice(0, -1).flatMap((corner, at) => [first!, corner, rest[at + 1]!]);
  }
  const left = corners.map((_, at) => at);
  const triangles: number[] = [];
  while (left.length > 3) {
    const ear = left.findIndex((_, at) => isEar(flat, left, at));
    // A polygon that crosses itself may have none: any cut will do, and ends.
    const at = Math.max(0, ear);
    const [before, , after] = around(left, at);
    triangles.push(corners[before]!, corners[left[at]!]!, corners[after]!);
    left.splice(at, 1);
  }
  return [...triangles, ...left.map((at) => corners[at]!)];
}

type Flat = readonly (readonly [x: number, y: number])[];

/** The corners seen along the polygon's own normal (Newell's), so that they run counter-clockwise. */
function flatten(positions: ArrayLike<number>, corners: readonly number[]): Flat {
  const normal = [0, 0, 0];
  corners.forEach((corner, at) => {
    const next = corners[(at + 1) % corners.length]!;
    for (let axis = 0; axis < 3; axis++) {
      const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
      const difference = positions[corner * 3 + u]! - positions[next * 3 + u]!;
      normal[axis]! +=
        difference * (positions[corner * 3 + v]! + positions[next * 3 + v]! - 2 * positions[corners[0]! * 3 + v]!);
    }
  });
  const size = normal.map(Math.abs);
  const dropped = size.indexOf(Math.max(...size));
  const [u, v] = [(dropped + 1) % 3, (dropped + 2) % 3];
  const turned = normal[dropped]! < 0 ? -1 : 1;
  return corners.map((corner) => [positions[corner * 3 + u]! * turned, positions[corner * 3 + v]!] as const);
}

/** Twice the area to the left of a → b → c; negative for a turn to the right. */
function turn([ax, ay]: Flat[number], [bx, by]: Flat[number], [cx, cy]: Flat[number]): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
}

function isConvex(flat: Flat): boolean {
  return flat.every((corner, at) => turn(corner, flat[(at + 1) % flat.length]!, flat[(at + 2) % flat.length]!) >= 0);
}

function around(left: readonly number[], at: number): [before: number, here: number, after: number] {
  return [left.at(at - 1)!, left[at]!, left[(at + 1) % left.length]!];
}

/** A corner that sticks out and has no other corner within its triangle. */
function isEar(flat: Flat, left: readonly number[], at: number): boolean {
  const ends = around(left, at);
  const [a, b, c] = ends.map((corner) => flat[corner]!) as [Flat[number], Flat[number], Flat[number]];
  if (turn(a, b, c) <= 0) return false;
  return left.every((corner) => {
    const point = flat[corner]!;
    return ends.includes(corner) || !(turn(a, b, point) >= 0 && turn(b, c, point) >= 0 && turn(c, a, point) >= 0);
  });
}
