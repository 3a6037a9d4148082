import {
  GLB_BINARY_CHUNK,
  GLB_CHUNK_HEADER_BYTES,
  GLB_HEADER_BYTES,
  GLB_JSON_CHUNK,
  GLB_MAGIC,
  GLB_VERSION,
  type PreviewDocument,
} from "./preview-layout.ts";

/** GLB chunks and buffer views start at multiples of four. */
export function padded(length: number): number {
  return (length + 3) & ~3;
}

/** A GLB file of a description and the pieces of its binary data, each of which starts at a multiple of four. */
export function packGlb(document: PreviewDocument, pieces: readonly Uint8Array[]): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(document));
  const jsonLength = padded(json.length);
  const binaryLength = document.buffers[0]!.byteLength;
  const binaryChunk = GLB_HEADER_BYTES + GLB_CHUNK_HEADER_BYTES + jsonLength;
  const total = binaryChunk + GLB_CHUNK_HEADER_BYTES + binaryLength;
  const glb = new Uint8Array(total);
  const view = new DataView(glb.buffer);
  view.setUint32(0, GLB_MAGIC, true);
  view.setUint32(4, GLB_VERSION, true);
  view.setUint32(8, total, true);
  view.setUint32(12, jsonLength, true);
  view.setUint32(16, GLB_JSON_CHUNK, true);
  glb.fill(0x20, 20, binaryChunk);
  glb.set(json, 20);
  view.setUint32(binaryChunk, binaryLength, true);
  view.setUint32(binaryChunk + 4, GLB_BINARY_CHUNK, true);
  let at = binaryChunk + GLB_CHUNK_HEADER_BYTES;
  for (const piece of pieces) {
    glb.set(piece, at);
    at += padded(piece.length);
  }
  return glb;
}
