import { MeshError } from "./mesh.ts";
import {
  GLB_BINARY_CHUNK,
  GLB_CHUNK_HEADER_BYTES,
  GLB_HEADER_BYTES,
  GLB_JSON_CHUNK,
  GLB_MAGIC,
  type PreviewDocument,
} from "./preview-layout.ts";

/**
 * The description and the data of a GLB file, as they are.
 * @throws MeshError `malformed` or `truncated`
 */
export function splitGlb(glb: Uint8Array): { document: PreviewDocument; binary: Uint8Array } {
  const view = new DataView(glb.buffer, glb.byteOffset, glb.byteLength);
  if (glb.length < GLB_HEADER_BYTES + 2 * GLB_CHUNK_HEADER_BYTES || view.getUint32(0, true) !== GLB_MAGIC) {
    throw new MeshError("malformed", "The preview is not a GLB file.", { byte: 0 });
  }
  if (view.getUint32(8, true) > glb.length) {
    throw new MeshError("truncated", "The preview ends too early.", { byte: glb.length });
  }
  const jsonStart = GLB_HEADER_BYTES + GLB_CHUNK_HEADER_BYTES;
  const jsonEnd = jsonStart + view.getUint32(GLB_HEADER_BYTES, true);
  const binaryStart = jsonEnd + GLB_CHUNK_HEADER_BYTES;
  if (binaryStart > glb.length || view.getUint32(GLB_HEADER_BYTES + 4, true) !== GLB_JSON_CHUNK) {
    throw new MeshError("malformed", "The preview has no description.", { byte: GLB_HEADER_BYTES });
  }
  const binaryEnd = binaryStart + view.getUint32(jsonEnd, true);
  if (binaryEnd > glb.length || view.getUint32(jsonEnd + 4, true) !== GLB_BINARY_CHUNK) {
    throw new MeshError("malformed", "The preview has no data.", { byte: jsonEnd });
  }
  try {
    const document = JSON.parse(new TextDecoder().decode(glb.subarray(jsonStart, jsonEnd))) as PreviewDocument;
    return { document, binary: glb.subarray(binaryStart, binaryEnd) };
  } catch {
    throw new MeshError("malformed", "The preview's description is not JSON.", { byte: jsonStart });
  }
}
