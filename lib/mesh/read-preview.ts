import { MeshoptDecoder } from "meshoptimizer/decoder";
import { type Bounds, MeshError } from "./mesh.ts";
import {
  COLOUR_STRIDE,
  INDEX_STRIDE,
  LINES,
  MESHOPT_EXTENSION,
  POSITION_STRIDE,
  type PreviewDocument,
} from "./preview-layout.ts";
import { splitGlb } from "./split-glb.ts";
import { freshFloats, type TakeFloats } from "./work-floats.ts";

/** A preview, ready for the graphics card. Every array but the positions has a buffer of its own and may be transferred. */
export interface PreviewMesh {
  /** x y z per vertex, mm. */
  positions: Float32Array;
  /** x y z 0 per vertex in whole grid steps: mm = offset + scale × value. */
  quantised: Uint16Array;
  scale: [number, number, number];
  /** mm */
  offset: [number, number, number];
  /** Three per triangle; none in a preview of lines. */
  indices: Uint32Array;
  /** Two points per line where the preview is of lines (a margin line), else null. */
  segments: Uint32Array | null;
  /** r g b a per vertex, 0-255, or null. */
  colours: Uint8Array | null;
  /** mm */
  bounds: Bounds;
  /** How far a vertex may lie from the original, measured when the preview was made, µm. */
  maxErrorUm: number;
}

/**
 * Decodes a preview written by `writePreview`. Needs only the decoder (30 KB), so it fits a browser's worker.
 * @throws MeshError `malformed` or `truncated` when the bytes are not such a preview
 */
export async function readPreview(glb: Uint8Array): Promise<PreviewMesh> {
  const [first] = (await readPreviews(glb)).values();
  if (!first) throw new MeshError("malformed", "The preview is empty.");
  return first;
}

/**
 * Decodes each preview of a file written by `joinPreviews` (or `writePreview`, which has one without a name).
 * @returns by name, in the file's order
 * @throws MeshError as `readPreview`
 */
export function readPreviews(glb: Uint8Array): Promise<Map<string, PreviewMesh>> {
  return eachPreview(glb, (mesh) => mesh);
}

/**
 * The same, one after the other.
 * @param use makes something of a preview before the next one is decoded
 * @param isWanted by name; the others are left out
 * @param take where `positions` come from
 */
export async function eachPreview<T>(
  glb: Uint8Array,
  use: (mesh: PreviewMesh, name: string) => T,
  isWanted: (name: string) => boolean = () => true,
  take: TakeFloats = freshFloats,
): Promise<Map<string, T>> {
  await MeshoptDecoder.ready;
  const { document, binary } = splitGlb(glb);
  try {
    const nodes = document.nodes.filter((node) => isWanted(node.name ?? ""));
    return new Map(nodes.map((node) => [node.name ?? "", use(decode(document, binary, node, take), node.name ?? "")]));
  } catch (error) {
    if (error instanceof MeshError) throw error;
    throw new MeshError(
      "malformed",
      `The preview cannot be decoded: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function decode(
  document: PreviewDocument,
  binary: Uint8Array,
  node: PreviewDocument["nodes"][number],
  take: TakeFloats,
): PreviewMesh {
  const primitive = document.meshes[node.mesh]!.primitives[0]!;
  const positionAccessor = document.accessors[primitive.attributes.POSITION]!;
  const colourAccessor = primitive.attributes.COLOR_0;
  const scale = node.scale as [number, number, number];
  const offset = node.translation as [number, number, number];
  const viewOf = (accessor: number) => document.accessors[accessor]!.bufferView;
  const packed = decodeView(document, binary, viewOf(primitive.attributes.POSITION), POSITION_STRIDE);
  const indexBytes = decodeView(document, binary, viewOf(primitive.indices), INDEX_STRIDE);
  const quantised = new Uint16Array(packed.buffer);
  const ends = new Uint32Array(indexBytes.buffer);
  const isLines = primitive.mode === LINES;
  const place = (corner: number[]) => corner.map((value, axis) => offset[axis]! + value * scale[axis]!);
  return {
    positions: dequantise(quantised, scale, offset, take("positions", (quantised.length / 4) * 3)),
    quantised,
    scale,
    offset,
    indices: isLines ? new Uint32Array(0) : ends,
    segments: isLines ? ends : null,
    colours: colourAccessor === undefined ? null : decodeView(document, binary, viewOf(colourAccessor), COLOUR_STRIDE),
    bounds: {
      min: place(positionAccessor.min!) as Bounds["min"],
      max: place(positionAccessor.max!) as Bounds["max"],
    },
    maxErrorUm: node.extras?.maxErrorUm ?? document.asset.extras.maxErrorUm ?? Number.NaN,
  };
}

function decodeView(document: PreviewDocument, binary: Uint8Array, index: number, stride: number): Uint8Array {
  const view = document.bufferViews[index]!.extensions[MESHOPT_EXTENSION];
  const source = binary.subarray(view.byteOffset, view.byteOffset + view.byteLength);
  if (view.byteStride !== stride || source.length !== view.byteLength) {
    throw new MeshError("malformed", "The preview's description does not fit its data.");
  }
  const target = new Uint8Array(view.count * stride);
  MeshoptDecoder.decodeGltfBuffer(target, view.count, stride, source, view.mode);
  return target;
}

function dequantise(
  quantised: Uint16Array,
  [scaleX, scaleY, scaleZ]: [number, number, number],
  [offsetX, offsetY, offsetZ]: [number, number, number],
  positions: Float32Array,
): Float32Array {
  for (let from = 0, to = 0; from < quantised.length; from += 4, to += 3) {
    positions[to] = offsetX + quantised[from]! * scaleX;
    positions[to + 1] = offsetY + quantised[from + 1]! * scaleY;
    positions[to + 2] = offsetZ + quantised[from + 2]! * scaleZ;
  }
  return positions;
}
