import type { DecodeReply, DecodeRequest } from "./decode-messages.ts";
import { buffersOf, decodePreview, listEdges } from "./decode-preview.ts";
import { fetchPreview } from "./fetch-preview.ts";

/** Fetches and decodes previews off the main thread. Knows nothing but decode-messages.ts. */

const scope = self as unknown as {
  postMessage(reply: DecodeReply, transfer?: ArrayBufferLike[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<DecodeRequest>) => void): void;
};
const running = new Map<string, AbortController>();

scope.addEventListener("message", ({ data }) => {
  if (data.kind === "load") void load(data.key, data.url);
  if (data.kind === "abort") running.get(data.key)?.abort();
  if (data.kind === "edges") {
    const edges = listEdges(data.indices);
    scope.postMessage({ kind: "edges", key: data.key, edges }, [edges.buffer]);
  }
});

async function load(key: string, url: string): Promise<void> {
  const controller = new AbortController();
  running.set(key, controller);
  try {
    const glb = await fetchBytes(url, controller.signal);
    if (glb === null) return scope.postMessage({ kind: "failed", key, problem: "unreachable" });
    const scan = await decodePreview(glb);
    if (!controller.signal.aborted) scope.postMessage({ kind: "loaded", key, scan }, buffersOf(scan));
  } catch {
    if (!controller.signal.aborted) scope.postMessage({ kind: "failed", key, problem: "unreadable" });
  } finally {
    running.delete(key);
  }
}

/** The bytes, or null when there is no way to them now. */
async function fetchBytes(url: string, signal: AbortSignal): Promise<Uint8Array | null> {
  try {
    return await fetchPreview(url, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
}
