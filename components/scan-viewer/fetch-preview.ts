/**
 * The bytes of a preview, unpacked. Next's route handlers cannot send `Content-Encoding` (16.4 takes it off every
 * answer), so the precompressed form is asked for as a type of its own; whoever does not ask gets the plain GLB.
 * @returns null when the server has no preview to give now
 * @throws TypeError without a connection, DOMException when `signal` aborts
 */
export async function fetchPreview(url: string, signal?: AbortSignal): Promise<Uint8Array | null> {
  const response = await fetch(url, {
    signal,
    credentials: "same-origin",
    headers: { accept: "application/gzip, model/gltf-binary" },
  });
  if (!response.ok) return null;
  const bytes = new Uint8Array(await response.arrayBuffer());
  return isGzip(bytes) ? gunzip(bytes) : bytes;
}

/** RFC 1952 §2.3.1. A GLB begins with "glTF". */
function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}
