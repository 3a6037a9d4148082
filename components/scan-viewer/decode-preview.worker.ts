import { releaseBytes } from "#lib/mesh/release-bytes.ts";
import type { AskedPreview, DecodeReply, DecodeRequest } from "./decode-messages.ts";
import { buffersOf, type DecodedScan, decodePreviews, listEdges, warmDecoding } from "./decode-preview.ts";
import { fetchPreview } from "./fetch-preview.ts";

/** Fetches and decodes previews off the main thread. Knows nothing but decode-messages.ts. */

const scope = self as unknown as {
  postMessage(reply: DecodeReply, transfer?: ArrayBufferLike[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<DecodeRequest>) => void): void;
};
/** Nobody waits for these any more, though they are on their way. */
const unwanted = new Set<string>();
const running = new Map<string, AbortController>();
/** Files that are kept at once for who has not said yet which scans are wanted: an order and those beside it in the list. */
const MOST_BEGUN = 3;
/** Files by their address, fetched and decoded as they lie, the newest last. */
const begun = new Map<string, Promise<BegunFile | null>>();

interface BegunFile {
  glb: Uint8Array;
  decoded: Map<string, DecodedScan>;
}

scope.addEventListener("message", ({ data }) => {
  if (data.kind === "warm") warmDecoding();
  if (data.kind === "begin") begin(data.url);
  if (data.kind === "load") void load(data);
  if (data.kind === "abort") abort(data.key);
  if (data.kind === "edges") {
    const edges = listEdges(data.indices);
    scope.postMessage({ kind: "edges", key: data.key, edges }, [edges.buffer]);
  }
});

function begin(url: string): void {
  const file = begun.get(url) ?? fetchBegun(url).catch(() => null);
  begun.delete(url);
  begun.set(url, file);
  const [oldest] = begun.keys();
  if (begun.size > MOST_BEGUN) begun.delete(oldest!);
}

async function fetchBegun(url: string): Promise<BegunFile | null> {
  const glb = await fetchPreview(url);
  return glb && { glb, decoded: await decodePreviews(glb) };
}

async function load({ url, begun: early, previews }: Extract<DecodeRequest, { kind: "load" }>): Promise<void> {
  const controller = new AbortController();
  for (const { key } of previews) {
    unwanted.delete(key);
    running.set(key, controller);
  }
  const wanted = () => previews.filter(({ key }) => !unwanted.has(key) && running.get(key) === controller);
  const fail = (problem: "unreachable" | "unreadable") =>
    scope.postMessage({ kind: "failed", keys: wanted().map(({ key }) => key), problem });
  try {
    const here = await takeBegun(early);
    let scans = here ? await pickAsked(here, wanted()) : [];
    if (scans.length < wanted().length) {
      const glb = await fetchBytes(url, controller.signal);
      if (glb === null) return fail("unreachable");
      scans = await decodeAsked(glb, wanted());
      releaseBytes(glb);
    }
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

/** The file that was begun, once: it is not kept. */
async function takeBegun(url: string | null): Promise<BegunFile | null> {
  const file = url === null ? undefined : begun.get(url);
  if (url !== null) begun.delete(url);
  return file ?? null;
}

/** Few scans are turned; those are decoded again. */
async function pickAsked({ glb, decoded }: BegunFile, previews: readonly AskedPreview[]) {
  return previews.some(({ axes }) => axes) ? decodeAsked(glb, previews) : pick(decoded, previews);
}

function pick(decoded: ReadonlyMap<string, DecodedScan>, previews: readonly AskedPreview[]) {
  return previews.flatMap(({ key, name }) => {
    const scan = decoded.get(name) ?? decoded.get("");
    return scan ? [{ key, scan }] : [];
  });
}

/** Those of the previews that are in the file. */
async function decodeAsked(glb: Uint8Array, previews: readonly AskedPreview[]) {
  const askedAs = (name: string) => previews.find((preview) => name === "" || preview.name === name);
  const decoded = await decodePreviews(
    glb,
    (name) => askedAs(name)?.axes ?? null,
    (name) => askedAs(name) !== undefined,
  );
  return pick(decoded, previews);
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
