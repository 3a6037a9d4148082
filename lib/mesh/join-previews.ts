import { packGlb } from "./pack-glb.ts";
import type { PreviewDocument } from "./preview-layout.ts";
import { splitGlb } from "./split-glb.ts";

/**
 * Several previews as one glTF file: a node per preview, named as given. Nothing is coded anew, so a preview inside has the very
 * bytes that it has alone.
 * @throws MeshError when one of them is no preview
 */
export function joinPreviews(previews: readonly { name: string; glb: Uint8Array }[]): Uint8Array {
  const parts = previews.map(({ name, glb }) => ({ name, ...splitGlb(glb) }));
  const joined = emptyDocument();
  const pieces: Uint8Array[] = [];
  let packed = 0;
  for (const { name, document, binary } of parts) {
    append(joined, document, name, packed);
    const { byteLength } = document.buffers[0]!;
    pieces.push(binary.subarray(0, byteLength));
    packed += byteLength;
  }
  joined.buffers[0]!.byteLength = packed;
  return packGlb(joined, pieces);
}

function emptyDocument(): PreviewDocument {
  return {
    asset: { version: "2.0", generator: "casebench", extras: { unit: "mm" } },
    extensionsUsed: [],
    extensionsRequired: [],
    scene: 0,
    scenes: [{ nodes: [] }],
    nodes: [],
    meshes: [],
    accessors: [],
    bufferViews: [],
    buffers: [{ byteLength: 0 }],
  };
}

/** Adds one preview; its numbers count on from those already there. @param packed bytes of the others in the first buffer */
function append(joined: PreviewDocument, document: PreviewDocument, name: string, packed: number): void {
  const accessors = joined.accessors.length;
  const views = joined.bufferViews.length;
  const [, unpacked] = document.buffers;
  joined.extensionsUsed = document.extensionsUsed;
  joined.extensionsRequired = document.extensionsRequired;
  joined.scenes[0]!.nodes.push(joined.nodes.length);
  const { maxErrorUm } = document.asset.extras;
  joined.nodes.push({ ...document.nodes[0]!, name, mesh: joined.meshes.length, extras: { maxErrorUm } });
  const { attributes, indices, ...rest } = document.meshes[0]!.primitives[0]!;
  const shifted = Object.entries(attributes).map(([key, accessor]) => [key, accessor + accessors]);
  const primitive = { ...rest, attributes: Object.fromEntries(shifted), indices: indices + accessors };
  joined.meshes.push({ primitives: [primitive] });
  for (const accessor of document.accessors)
    joined.accessors.push({ ...accessor, bufferView: accessor.bufferView + views });
  for (const view of document.bufferViews) {
    const [[extension, place]] = Object.entries(view.extensions) as [[keyof typeof view.extensions, CompressedPlace]];
    const moved = { ...place, byteOffset: place.byteOffset + packed };
    joined.bufferViews.push({ ...view, buffer: joined.buffers.length, extensions: { [extension]: moved } });
  }
  joined.buffers.push(unpacked!);
}

type CompressedPlace = PreviewDocument["bufferViews"][number]["extensions"]["KHR_meshopt_compression"];
