import { computeNormals, packNormals } from "#lib/mesh/compute-normals.ts";
import { measureCreases } from "#lib/mesh/measure-creases.ts";
import type { Bounds } from "#lib/mesh/mesh.ts";
import { describeShape, type ScanShape } from "#lib/mesh/orientation/describe-shape.ts";
import { eachPreview, type PreviewMesh } from "#lib/mesh/read-preview.ts";
import { sampleMesh } from "#lib/mesh/sample-mesh.ts";
import { type Axes, turnMesh } from "#lib/mesh/turn-mesh.ts";
import { freshFloats, reusedFloats, type TakeFloats } from "#lib/mesh/work-floats.ts";

/** A scan as the graphics card takes it. Each array has a buffer of its own, so it may be transferred. */
export interface DecodedScan {
  /** x y z 0 per vertex, whole grid steps: mm = offset + scale × value. */
  quantised: Uint16Array;
  scale: [number, number, number];
  offset: [number, number, number];
  /** Normal x y z, then the crease (measure-creases.ts), per vertex, all -127 … 127. */
  normals: Int8Array;
  indices: Uint32Array;
  /** Two ends per piece, x y z each, mm, where the file is of lines (a margin line) and has no surface; else null. */
  line: Float32Array | null;
  /** r g b a per vertex, or null. */
  colours: Uint8Array | null;
  bounds: Bounds;
  maxErrorUm: number;
  triangles: number;
  shape: ScanShape;
}

/**
 * From the bytes of `GET /api/scans/{id}/preview` or `GET /api/orders/{id}/preview` to what is drawn.
 * @param axesOf how the preview of this name is turned; null: as it is
 * @param isWanted which ones are decoded
 * @returns by the previews' names, "" where there is only one
 * @throws MeshError when the bytes are no preview
 */
export function decodePreviews(
  glb: Uint8Array,
  axesOf: (name: string) => Axes | null = () => null,
  isWanted: (name: string) => boolean = () => true,
): Promise<Map<string, DecodedScan>> {
  const { take, release } = reusedFloats();
  const prepare = (mesh: PreviewMesh, name: string) => prepareForDrawing(turnMesh(mesh, axesOf(name)), take);
  return eachPreview(glb, prepare, isWanted, take).finally(release);
}

/** Rounds after which the engine has compiled what every surface goes through. */
const WARM_ROUNDS = 2;

/** Goes through it with a surface of our making, so that the first real one takes a third of the time. Tens of ms. */
export function warmDecoding(): void {
  const { positions, indices } = sampleMesh(150, 70);
  const single = new Float32Array(positions);
  for (let round = 0; round < WARM_ROUNDS; round++) describeSurface(single, indices, freshFloats);
}

function prepareForDrawing({ positions, segments, ...mesh }: PreviewMesh, take: TakeFloats): DecodedScan {
  return {
    ...mesh,
    ...(segments ? describeLine(positions, segments) : describeSurface(positions, mesh.indices, take)),
  };
}

function describeSurface(positions: Float32Array, indices: Uint32Array, take: TakeFloats) {
  const normals = computeNormals(positions, indices, take);
  const creases = measureCreases(positions, normals, indices, take);
  const packed = packNormals(normals);
  for (let vertex = 0; vertex < creases.length; vertex++) packed[vertex * 4 + 3] = creases[vertex]!;
  return { normals: packed, line: null, triangles: indices.length / 3, shape: describeShape(positions, indices) };
}

function describeLine(positions: Float32Array, segments: Uint32Array) {
  const line = new Float32Array(segments.length * 3);
  for (const [end, point] of segments.entries()) line.set(positions.subarray(point * 3, point * 3 + 3), end * 3);
  return {
    line,
    normals: new Int8Array(0),
    triangles: 0,
    shape: { opening: [0, 0, 0] as const, samples: positions.slice() },
  };
}

/** What to hand to `postMessage` so that nothing is copied. */
export function buffersOf(scan: DecodedScan): ArrayBufferLike[] {
  const { quantised, normals, indices, line, colours, shape } = scan;
  const arrays = [quantised, normals, indices, shape.samples, ...(line ? [line] : []), ...(colours ? [colours] : [])];
  return arrays.map((array) => array.buffer);
}

/**
 * Each edge of a mesh once, two vertices per edge, for the wireframe. Neighbours run along a shared edge in opposite
 * directions, so the ascending one is the edge; of the rim only that half is drawn.
 */
export function listEdges(indices: Uint32Array): Uint32Array {
  const edges = new Uint32Array(indices.length * 2);
  let next = 0;
  for (let i = 0; i < indices.length; i++) {
    const from = indices[i]!;
    const to = indices[i % 3 === 2 ? i - 2 : i + 1]!;
    if (from >= to) continue;
    edges[next++] = from;
    edges[next++] = to;
  }
  return edges.slice(0, next);
}
