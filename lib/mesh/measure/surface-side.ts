import { PART } from "./closest-on-triangle.ts";
import { areaVector } from "./geometry.ts";

/** The corners of each edge part, as places in a triangle. */
const EDGES: Record<number, readonly [number, number]> = { [PART.ab]: [0, 1], [PART.bc]: [1, 2], [PART.ca]: [2, 0] };

/**
 * Tells inside from outside by the closest point of a surface. Where that is on an edge or a corner, single triangles contradict
 * each other; the sum over its triangles, weighted by their angles, does not (Baerentzen and Aanaes 2005).
 */
export class SurfaceSide {
  private readonly indices: Uint32Array;
  private readonly positions: Float32Array;
  /** x y z per triangle, length 1 (0 without area). */
  private readonly normals: Float32Array;
  /** Triangles at each vertex: `around[starts[v]]` up to `around[starts[v + 1]]`. */
  private readonly starts: Uint32Array;
  private readonly around: Uint32Array;
  /** The sum at work: a query makes no garbage. */
  private readonly sum = new Float64Array(3);

  /** @param indices three per triangle, counter-clockwise seen from outside */
  constructor(positions: Float32Array, indices: Uint32Array) {
    this.positions = positions;
    this.indices = indices;
    this.normals = faceNormals(positions, indices);
    this.starts = countAround(positions.length / 3, indices);
    this.around = listAround(this.starts, indices);
  }

  /**
   * @param dx,dy,dz from the closest point to the asked one
   * @returns -1 inside, 1 outside
   */
  of(dx: number, dy: number, dz: number, triangle: number, part: number): 1 | -1 {
    const { sum, indices } = this;
    sum.fill(0);
    const edge = EDGES[part];
    if (part === PART.face) this.add(triangle, 1);
    else if (edge) this.addEdge(indices[triangle * 3 + edge[0]]!, indices[triangle * 3 + edge[1]]!);
    else this.addCorner(indices[triangle * 3 + part]!);
    return dx * sum[0]! + dy * sum[1]! + dz * sum[2]! < 0 ? -1 : 1;
  }

  private add(triangle: number, weight: number): void {
    this.sum[0]! += this.normals[triangle * 3]! * weight;
    this.sum[1]! += this.normals[triangle * 3 + 1]! * weight;
    this.sum[2]! += this.normals[triangle * 3 + 2]! * weight;
  }

  private addEdge(from: number, to: number): void {
    const { indices } = this;
    for (let next = this.starts[from]!; next < this.starts[from + 1]!; next++) {
      const at = this.around[next]! * 3;
      if (indices[at] === to || indices[at + 1] === to || indices[at + 2] === to) this.add(this.around[next]!, 1);
    }
  }

  private addCorner(vertex: number): void {
    for (let next = this.starts[vertex]!; next < this.starts[vertex + 1]!; next++) {
      const triangle = this.around[next]!;
      this.add(triangle, this.angleAt(triangle, vertex));
    }
  }

  private angleAt(triangle: number, vertex: number): number {
    const { indices, positions } = this;
    const at = triangle * 3;
    const turn = indices[at] === vertex ? 0 : indices[at + 1] === vertex ? 1 : 2;
    const b = indices[at + ((turn + 1) % 3)]! * 3;
    const c = indices[at + ((turn + 2) % 3)]! * 3;
    const o = vertex * 3;
    const ux = positions[b]! - positions[o]!;
    const uy = positions[b + 1]! - positions[o + 1]!;
    const uz = positions[b + 2]! - positions[o + 2]!;
    const vx = positions[c]! - positions[o]!;
    const vy = positions[c + 1]! - positions[o + 1]!;
    const vz = positions[c + 2]! - positions[o + 2]!;
    const lengths = Math.sqrt((ux * ux + uy * uy + uz * uz) * (vx * vx + vy * vy + vz * vz));
    if (lengths === 0) return 0;
    return Math.acos(Math.max(-1, Math.min(1, (ux * vx + uy * vy + uz * vz) / lengths)));
  }
}

function faceNormals(positions: Float32Array, indices: Uint32Array): Float32Array {
  const normals = new Float32Array(indices.length);
  const vector = new Float64Array(3);
  for (let i = 0; i < indices.length; i += 3) {
    const length = areaVector(positions, indices, i, vector) || 1;
    for (let axis = 0; axis < 3; axis++) normals[i + axis] = vector[axis]! / length;
  }
  return normals;
}

/** Where each vertex's list begins; one more at the end. */
function countAround(vertices: number, indices: Uint32Array): Uint32Array {
  const starts = new Uint32Array(vertices + 1);
  for (let i = 0; i < indices.length; i++) starts[indices[i]! + 1]!++;
  for (let vertex = 0; vertex < vertices; vertex++) starts[vertex + 1]! += starts[vertex]!;
  return starts;
}

function listAround(starts: Uint32Array, indices: Uint32Array): Uint32Array {
  const next = starts.slice();
  const around = new Uint32Array(indices.length);
  for (let i = 0; i < indices.length; i++) around[next[indices[i]!]!++] = Math.floor(i / 3);
  return around;
}
