/**
 * The layout of a preview file, shared by its writer and its reader.
 *
 * A preview is an ordinary GLB (glTF 2.0, sections "GLB File Format") with one mesh, KHR_mesh_quantization and
 * KHR_meshopt_compression (codec version 1). Positions are unsigned 16-bit on a grid that the node's scale and
 * translation put back into place. A margin line is a mesh of lines. Lengths are mm, not metres as glTF would have it, and `asset.extras` says so.
 */
export const GLB_MAGIC = 0x46546c67;
export const GLB_VERSION = 2;
export const GLB_HEADER_BYTES = 12;
export const GLB_CHUNK_HEADER_BYTES = 8;
export const GLB_JSON_CHUNK = 0x4e4f534a;
export const GLB_BINARY_CHUNK = 0x004e4942;

export const MESHOPT_EXTENSION = "KHR_meshopt_compression";
export const QUANTIZATION_EXTENSION = "KHR_mesh_quantization";

/** glTF component types. */
export const UNSIGNED_BYTE = 5121;
export const UNSIGNED_SHORT = 5123;
export const UNSIGNED_INT = 5125;

/** A glTF primitive's mode of separate lines; without one it is of triangles. */
export const LINES = 1;

/** Bytes per vertex of positions (x y z and two of padding) and of colours (r g b a); bytes per index. */
export const POSITION_STRIDE = 8;
export const COLOUR_STRIDE = 4;
export const INDEX_STRIDE = 4;

/** A buffer view whose bytes are compressed: `buffer`, `byteOffset`, `byteLength` say where the compressed bytes lie. */
export interface CompressedView {
  buffer: number;
  byteOffset: number;
  byteLength: number;
  byteStride: number;
  count: number;
  mode: "ATTRIBUTES" | "TRIANGLES" | "INDICES";
}

/** The part of glTF's JSON that previews use. */
export interface PreviewDocument {
  asset: { version: "2.0"; generator: string; extras: { unit: "mm"; maxErrorUm?: number } };
  extensionsUsed: string[];
  extensionsRequired: string[];
  scene: number;
  scenes: { nodes: number[] }[];
  /** Of several previews in one file, each has its name and its own error. */
  nodes: { name?: string; mesh: number; scale: number[]; translation: number[]; extras?: { maxErrorUm?: number } }[];
  meshes: {
    primitives: { attributes: { POSITION: number; COLOR_0?: number }; indices: number; mode?: typeof LINES }[];
  }[];
  accessors: {
    bufferView: number;
    componentType: number;
    normalized?: boolean;
    count: number;
    type: "SCALAR" | "VEC3" | "VEC4";
    min?: number[];
    max?: number[];
  }[];
  bufferViews: {
    buffer: number;
    byteOffset: number;
    byteLength: number;
    byteStride?: number;
    target: number;
    extensions: { [MESHOPT_EXTENSION]: CompressedView };
  }[];
  buffers: { byteLength: number; extensions?: { [MESHOPT_EXTENSION]: { fallback: true } } }[];
}
