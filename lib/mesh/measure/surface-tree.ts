import { ClosestOnTriangle } from "./closest-on-triangle.ts";
import { mortonOrder } from "./morton-order.ts";

/** Triangles in a leaf: most are seen to be too far by their balls, which costs less than boxes around fewer. */
const LEAF = 12;
/** Deeper than any tree of 2^32 leaves. */
const STACK = 64;

/**
 * A surface that is asked for its closest point very often, by points that follow each other: a complete binary tree over the
 * triangles along a space-filling curve, in flat arrays, without pointers. A search begins with the triangle that was closest last
 * time: its distance is nearly the answer, so that little of the tree is near enough to be opened.
 */
export class SurfaceTree {
  /** Where the closest point is, after `findClosest` has returned true. */
  readonly closest = new ClosestOnTriangle();
  triangle = 0;

  private readonly order: Uint32Array;
  /** a, b, c of the triangles in their order, nine values each. */
  private readonly corners: Float32Array;
  /** Middle and radius of the same triangles, four values each: most are seen to be too far by these. */
  private readonly balls: Float32Array;
  /** min and max per node, six values each; the children of node n are 2n+1 and 2n+2. */
  private readonly boxes: Float32Array;
  private readonly firstLeaf: number;
  private readonly nodes = new Int32Array(STACK);
  private readonly distances = new Float64Array(STACK);
  private last = 0;

  constructor(positions: Float32Array, indices: Uint32Array) {
    this.order = mortonOrder(positions, indices);
    this.corners = cornersInOrder(positions, indices, this.order);
    this.balls = ballsAround(this.corners);
    let leaves = 1;
    while (leaves * LEAF < this.order.length) leaves *= 2;
    this.firstLeaf = leaves - 1;
    this.boxes = new Float32Array((2 * leaves - 1) * 6);
    this.fillBoxes();
  }

  /**
   * Finds the closest point of the surface, if it is nearer than `reach`. Fastest for a point near the one asked before.
   * @returns whether there is one
   */
  findClosest(px: number, py: number, pz: number, reach: number): boolean {
    const { boxes, nodes, distances, firstLeaf, closest } = this;
    closest.squared = reach * reach;
    let found = this.tryTriangle(this.last, px, py, pz);
    let open = 1;
    nodes[0] = 0;
    distances[0] = 0;
    while (open > 0) {
      const node = nodes[--open]!;
      if (distances[open]! >= closest.squared) continue;
      if (node >= firstLeaf) {
        if (this.tryLeaf(node - firstLeaf, px, py, pz)) found = true;
        continue;
      }
      const left = 2 * node + 1;
      const toLeft = squaredToBox(boxes, left * 6, px, py, pz);
      const toRight = squaredToBox(boxes, left * 6 + 6, px, py, pz);
      const leftFirst = toLeft <= toRight;
      const farther = leftFirst ? toRight : toLeft;
      const nearer = leftFirst ? toLeft : toRight;
      if (farther < closest.squared) {
        nodes[open] = leftFirst ? left + 1 : left;
        distances[open++] = farther;
      }
      if (nearer < closest.squared) {
        nodes[open] = leftFirst ? left : left + 1;
        distances[open++] = nearer;
      }
    }
    return found;
  }

  private tryLeaf(leaf: number, px: number, py: number, pz: number): boolean {
    const { balls } = this;
    const end = Math.min((leaf + 1) * LEAF, this.order.length);
    let reach = Math.sqrt(this.closest.squared);
    let found = false;
    for (let place = leaf * LEAF; place < end; place++) {
      const dx = balls[place * 4]! - px;
      const dy = balls[place * 4 + 1]! - py;
      const dz = balls[place * 4 + 2]! - pz;
      const far = reach + balls[place * 4 + 3]!;
      if (dx * dx + dy * dy + dz * dz >= far * far || !this.tryTriangle(place, px, py, pz)) continue;
      reach = Math.sqrt(this.closest.squared);
      found = true;
    }
    return found;
  }

  private tryTriangle(place: number, px: number, py: number, pz: number): boolean {
    if (!this.closest.find(px, py, pz, this.corners, place * 9, this.closest.squared)) return false;
    this.triangle = this.order[place]!;
    this.last = place;
    return true;
  }

  /** From the leaves up. What lies beyond the last triangle is empty: infinitely far from everything. */
  private fillBoxes(): void {
    const { boxes, corners, firstLeaf } = this;
    for (let box = 0; box < boxes.length; box += 6) {
      boxes.fill(Number.POSITIVE_INFINITY, box, box + 3);
      boxes.fill(Number.NEGATIVE_INFINITY, box + 3, box + 6);
    }
    for (let at = 0, value = 0; at < this.order.length; at++) {
      const box = (firstLeaf + Math.floor(at / LEAF)) * 6;
      for (let corner = 0; corner < 3; corner++) {
        for (let axis = 0; axis < 3; axis++, value++) {
          if (corners[value]! < boxes[box + axis]!) boxes[box + axis] = corners[value]!;
          if (corners[value]! > boxes[box + 3 + axis]!) boxes[box + 3 + axis] = corners[value]!;
        }
      }
    }
    for (let node = firstLeaf - 1; node >= 0; node--) {
      const left = (2 * node + 1) * 6;
      for (let axis = 0; axis < 3; axis++) {
        boxes[node * 6 + axis] = Math.min(boxes[left + axis]!, boxes[left + 6 + axis]!);
        boxes[node * 6 + 3 + axis] = Math.max(boxes[left + 3 + axis]!, boxes[left + 9 + axis]!);
      }
    }
  }
}

/** Rounding to 32 bits may not make a ball too small. */
const ROUNDING = 1 + 1e-5;
const ROUNDING_MM = 1e-5;

function ballsAround(corners: Float32Array): Float32Array {
  const balls = new Float32Array((corners.length / 9) * 4);
  for (let at = 0, to = 0; at < corners.length; at += 9, to += 4) {
    const x = (corners[at]! + corners[at + 3]! + corners[at + 6]!) / 3;
    const y = (corners[at + 1]! + corners[at + 4]! + corners[at + 7]!) / 3;
    const z = (corners[at + 2]! + corners[at + 5]! + corners[at + 8]!) / 3;
    balls[to] = x;
    balls[to + 1] = y;
    balls[to + 2] = z;
    let squared = 0;
    for (let corner = at; corner < at + 9; corner += 3) {
      const dx = corners[corner]! - x;
      const dy = corners[corner + 1]! - y;
      const dz = corners[corner + 2]! - z;
      squared = Math.max(squared, dx * dx + dy * dy + dz * dz);
    }
    balls[to + 3] = Math.sqrt(squared) * ROUNDING + ROUNDING_MM;
  }
  return balls;
}

function cornersInOrder(positions: Float32Array, indices: Uint32Array, order: Uint32Array): Float32Array {
  const corners = new Float32Array(order.length * 9);
  for (let place = 0, to = 0; place < order.length; place++) {
    for (let corner = 0; corner < 3; corner++) {
      const vertex = indices[order[place]! * 3 + corner]! * 3;
      corners[to++] = positions[vertex]!;
      corners[to++] = positions[vertex + 1]!;
      corners[to++] = positions[vertex + 2]!;
    }
  }
  return corners;
}

function squaredToBox(boxes: Float32Array, at: number, px: number, py: number, pz: number): number {
  let squared = 0;
  let beyond = boxes[at]! - px;
  if (beyond > 0) squared += beyond * beyond;
  beyond = boxes[at + 1]! - py;
  if (beyond > 0) squared += beyond * beyond;
  beyond = boxes[at + 2]! - pz;
  if (beyond > 0) squared += beyond * beyond;
  beyond = px - boxes[at + 3]!;
  if (beyond > 0) squared += beyond * beyond;
  beyond = py - boxes[at + 4]!;
  if (beyond > 0) squared += beyond * beyond;
  beyond = pz - boxes[at + 5]!;
  if (beyond > 0) squared += beyond * beyond;
  return squared;
}
