import type { AskedPreview, DecodeReply, DecodeRequest } from "./decode-messages.ts";
import { buffersOf, decodePreviews, listEdges } from "./decode-preview.ts";
import { fetchPreview } from "./fetch-preview.ts";

/** Fetches and decodes previews off the main thread. Knows nothing but decode-messages.ts. */

const scope = self as unknown as {
  postMessage(reply: DecodeReply, transfer?: ArrayBufferLike[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<DecodeRequest>) => void): void;
};
/** Nobody waits for these any more, though they are on their way. */
const unwanted = new Set<string>();
const running = new Map<string, AbortController>();

scope.addEventListener("message", ({ data }) => {
  if (data.kind === "load") void load(data.url, data.previews);
  if (data.kind === "abort") abort(data.key);
  if (data.kind === "edges") {
    const edges = listEdges(data.indices);
    scope.postMessage({ kind: "edges", key: data.key, edges }, [edges.buffer]);
  }
});

async function load(url: string, previews: readonly AskedPreview[]): Promise<void> {
  const controller = new AbortController();
  for (const { key } of previews) {
    unwanted.delete(key);
    running.set(key, controller);
  }
  const wanted = () => previews.filter(({ key }) => !unwanted.has(key) && running.get(key) === controller);
  const fail = (problem: "unreachable" | "unreadable") =>
    scope.postMessage({ kind: "failed", keys: wanted().map(({ key }) => key), problem });
  try {
    const glb = await fetchBytes(url, controller.signal);
    if (glb === null) return fail("unreachable");
    const decoded = await decodePreviews(glb, (name) => {
      const asked = previews.find((preview) => preview.name === null || preview.name === name);
      return asked?.axes ?? null;
    });
    const scans = wanted().flatMap(({ key, name }) => {
      const scan = name === null ? [...decoded.values()][0] : decoded.get(name);
      return scan ? [{ key, scan }] : [];
    });
    if (scans.length < wanted().length) return fail("unreadable");
    scope.postMessage(
      { kind: "loaded", scans },
      scans.flatMap(({ scan }) => buffersOf(scan)),
    );
  } catch {
    if (!controller.signal.aborted) fail("unreadable");
  } finally {
    for (const { key } of previews) if (running.get(key) === controller) running.delete(key);
  }
}

/** A request ends when nobody waits for any of its previews. */
function abort(key: string): void {
  const controller = running.get(key);
  if (!controller) return;
  unwanted.add(key);
  const waiting = [...running].some(([other, own]) => own === controller && !unwanted.has(other));
  if (!waiting) controller.abort();
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
