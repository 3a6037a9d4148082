import { releaseBytes } from "#lib/mesh/release-bytes.ts";
import { localPreviewUrl } from "./local/local-previews.ts";

const REQUEST: RequestInit = {
  credentials: "same-origin",
  headers: { accept: "application/gzip, model/gltf-binary" },
};

/** Of a file opened from this computer, the address inside this page. Absolute, because a worker resolves relative addresses against its own script. */
export function previewUrl(scanId: string, detail: "low" | "full"): string {
  return (
    localPreviewUrl(scanId, detail) ?? new URL(`/api/scans/${scanId}/preview?detail=${detail}`, location.origin).href
  );
}

/**
 * The first pictures of several scans of an order in one file. The same scans in the same order have the same address.
 * @param scanIds absent: of all that are ready now, for who does not know them yet
 */
export function casePreviewUrl(orderId: string, scanIds?: readonly string[]): string {
  const which = scanIds ? `?scans=${scanIds.join()}` : "";
  return new URL(`/api/orders/${orderId}/preview${which}`, location.origin).href;
}

/** Brings a preview into the browser's cache while the code that will show it is still on its way. */
export async function prefetchPreview(url: string, signal: AbortSignal): Promise<void> {
  try {
    const response = await fetch(url, { ...REQUEST, signal });
    await response.arrayBuffer();
  } catch {
    // Whoever shows the preview asks again and tells the person.
  }
}

/**
 * The bytes of a preview, unpacked. Next's route handlers cannot send `Content-Encoding` (16.4 takes it off every
 * answer), so the precompressed form is asked for as a type of its own; whoever does not ask gets the plain GLB.
 * @returns null when the server has no preview to give now
 * @throws TypeError without a connection, DOMException when `signal` aborts
 */
export async function fetchPreview(url: string, signal?: AbortSignal): Promise<Uint8Array | null> {
  const response = await fetch(url, { ...REQUEST, signal });
  if (!response.ok) return null;
  const bytes = new Uint8Array(await response.arrayBuffer());
  return isGzip(bytes) ? gunzip(bytes) : bytes;
}

/** RFC 1952 §2.3.1. A GLB begins with "glTF". */
function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Fills an array of the right size piece by piece: engines collect copies late, and the meshes of a case would pile them up. */
async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  // What is wrong with the bytes is said by the reading side as well.
  void writer.write(bytes).catch(() => {});
  void writer.close().catch(() => {});
  const plain = new Uint8Array(unpackedSize(bytes));
  const reader = readable.getReader();
  for (let at = 0, next = await reader.read(); !next.done; next = await reader.read()) {
    plain.set(next.value, at);
    at += next.value.length;
    releaseBytes(next.value);
  }
  releaseBytes(bytes);
  return plain;
}

/** RFC 1952 §2.3.1: ISIZE, the last four bytes. */
function unpackedSize({ buffer, byteOffset, length }: Uint8Array): number {
  return new DataView(buffer, byteOffset).getUint32(length - 4, true);
}
