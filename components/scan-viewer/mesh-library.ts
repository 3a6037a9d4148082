import type { Axes } from "#lib/mesh/turn-mesh.ts";
import type { AskedPreview, DecodeReply, DecodeRequest, PreviewProblem } from "./decode-messages.ts";
import type { DecodedScan } from "./decode-preview.ts";

/** A ready scan that should be on screen. `low` is null where the full preview is the first picture. */
export interface WantedScan {
  id: string;
  low: string | null;
  full: string;
  /** How it is turned before it is shown; null: as it is. */
  axes: Axes | null;
}

/** What has arrived of a scan so far. */
export interface LoadedScan {
  low: DecodedScan | null;
  full: DecodedScan | null;
  problem: PreviewProblem | null;
}

export type LoadedScans = ReadonlyMap<string, LoadedScan>;

type Detail = "low" | "full";
type News = Map<string, Partial<LoadedScan>>;

/** The part of `Worker` that is used; tests hand in their own. */
export interface DecodeWorker {
  postMessage(message: DecodeRequest, transfer?: Transferable[]): void;
  onmessage: ((event: MessageEvent<DecodeReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** Where the first pictures of a case are. */
export interface CaseAddresses {
  /** Those of several scans together, in the order in which they are drawn; null: each has its own address. */
  together: (ids: readonly string[]) => string | null;
  /** What may have been begun before the scans were known. */
  begun: string | null;
}

const NOWHERE: CaseAddresses = { together: () => null, begun: null };
const NOTHING: LoadedScan = { low: null, full: null, problem: null };

/**
 * The meshes of one case in the browser: asks the decode worker for the low detail of everything wanted, once that was drawn for
 * the full one, and hands at most one full mesh per frame to the page, so that no frame pays for two uploads.
 */
export class MeshLibrary {
  #worker: DecodeWorker;
  #nextFrame: (callback: () => void) => void;
  #addresses: CaseAddresses;
  #wanted: readonly WantedScan[] = [];
  #scans: LoadedScans = new Map();
  #listeners = new Set<() => void>();
  #inFlight = new Set<string>();
  #arrivedFull: { id: string; scan: DecodedScan }[] = [];
  #edgeRequests = new Map<string, (edges: Uint32Array) => void>();
  #frameAsked = false;
  #pictured = false;
  #broken = false;
  #disposed = false;

  constructor(worker: DecodeWorker, nextFrame: (callback: () => void) => void, addresses: CaseAddresses = NOWHERE) {
    this.#worker = worker;
    this.#addresses = addresses;
    this.#nextFrame = nextFrame;
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = () => this.#failAll();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): LoadedScans => this.#scans;

  /** Replaces the list of scans to load. What is loaded stays, so that hiding and showing costs nothing. */
  want(scans: readonly WantedScan[]): void {
    this.#wanted = scans;
    const keys = new Set(scans.flatMap(({ id }) => [`low ${id}`, `full ${id}`]));
    for (const key of this.#inFlight) {
      if (keys.has(key)) continue;
      this.#inFlight.delete(key);
      this.#worker.postMessage({ kind: "abort", key });
    }
    this.#advance();
  }

  /** The first picture is on the screen: what is left of the line and the machine is free for the full meshes. */
  readonly pictured = (): void => {
    if (this.#pictured || this.#disposed) return;
    this.#pictured = true;
    this.#advance();
  };

  /** Tries a scan again whose preview did not arrive. */
  retry(id: string): void {
    this.#change(new Map([[id, { problem: null }]]));
    this.#advance();
  }

  /** The edges of a mesh, two vertices each (listEdges). */
  edges(indices: Uint32Array): Promise<Uint32Array> {
    const key = `edges ${crypto.randomUUID()}`;
    return new Promise((resolve) => {
      this.#edgeRequests.set(key, resolve);
      const copy = indices.slice();
      this.#worker.postMessage({ kind: "edges", key, indices: copy }, [copy.buffer]);
    });
  }

  /** Lets go of everything. @returns whether the worker is of use to another library */
  dispose(): boolean {
    this.#disposed = true;
    this.want([]);
    this.#worker.onmessage = null;
    this.#worker.onerror = null;
    this.#scans = new Map();
    this.#arrivedFull = [];
    this.#listeners.clear();
    return !this.#broken;
  }

  /** Full detail waits until every first picture is there, because people wait for that one. */
  #advance(): void {
    this.#loadFirstPictures();
    const firstPictures = this.#wanted.every(({ id }) => {
      const loaded = this.#scans.get(id) ?? NOTHING;
      return loaded.low !== null || loaded.full !== null || loaded.problem !== null;
    });
    if (!firstPictures || !this.#pictured) return;
    for (const scan of this.#wanted.filter((wanted) => this.#isMissing(wanted, "full")))
      this.#load(scan.full, [{ key: `full ${scan.id}`, name: scan.id, axes: scan.axes }], null);
  }

  /** Of several scans with one request, so that a slow line is waited for once. */
  #loadFirstPictures(): void {
    const missing = this.#wanted.filter((scan) => this.#isMissing(scan, firstDetail(scan)));
    const together = missing.length > 1 ? this.#addresses.together(missing.map(({ id }) => id)) : null;
    const asked = missing.map((scan) => ({
      key: `${firstDetail(scan)} ${scan.id}`,
      name: scan.id,
      axes: scan.axes,
    }));
    if (together) this.#load(together, asked);
    else for (const [at, scan] of missing.entries()) this.#load(scan.low ?? scan.full, [asked[at]!]);
  }

  #isMissing({ id }: WantedScan, detail: Detail): boolean {
    const loaded = this.#scans.get(id) ?? NOTHING;
    const waiting = this.#arrivedFull.some((arrived) => arrived.id === id);
    return !loaded.problem && !loaded.full && !loaded[detail] && !waiting && !this.#inFlight.has(`${detail} ${id}`);
  }

  #load(url: string, previews: readonly AskedPreview[], begun = this.#addresses.begun): void {
    for (const { key } of previews) this.#inFlight.add(key);
    this.#worker.postMessage({ kind: "load", url, begun, previews });
  }

  #receive(reply: DecodeReply): void {
    if (this.#disposed) return;
    if (reply.kind === "edges") {
      this.#edgeRequests.get(reply.key)?.(reply.edges);
      this.#edgeRequests.delete(reply.key);
      return;
    }
    const news = reply.kind === "failed" ? this.#fail(reply.keys, reply.problem) : this.#keep(reply.scans);
    if (news.size > 0) this.#change(news);
    this.#advance();
    this.#askForFrame();
  }

  /** What failed together is asked for one by one: a single bad scan takes no other with it. */
  #fail(keys: readonly string[], problem: PreviewProblem): News {
    const expected = keys.filter((key) => this.#inFlight.delete(key));
    if (keys.length > 1) {
      const alone = this.#wanted.filter((scan) => expected.includes(`${firstDetail(scan)} ${scan.id}`));
      for (const scan of alone)
        this.#load(scan.low ?? scan.full, [{ key: `${firstDetail(scan)} ${scan.id}`, name: scan.id, axes: scan.axes }]);
      return new Map();
    }
    return new Map(expected.map((key) => [scanOf(key), { problem }]));
  }

  /** First pictures are news at once; full meshes wait for their frame. */
  #keep(scans: readonly { key: string; scan: DecodedScan }[]): News {
    const news: News = new Map();
    for (const { key, scan } of scans.filter((arrived) => this.#inFlight.delete(arrived.key))) {
      if (key.startsWith("low ")) news.set(scanOf(key), { low: scan });
      else this.#arrivedFull.push({ id: scanOf(key), scan });
    }
    return news;
  }

  #askForFrame(): void {
    if (this.#frameAsked || this.#arrivedFull.length === 0) return;
    this.#frameAsked = true;
    this.#nextFrame(() => {
      this.#frameAsked = false;
      const next = this.#arrivedFull.shift();
      if (next && !this.#disposed) this.#change(new Map([[next.id, { full: next.scan }]]));
      this.#askForFrame();
    });
  }

  #failAll(): void {
    this.#broken = true;
    const lost = this.#wanted.filter(({ id }) => !this.#scans.get(id)?.full);
    this.#change(new Map(lost.map(({ id }) => [id, { problem: "unreadable" }])));
    this.#inFlight.clear();
  }

  #change(news: News): void {
    const changed = [...news].map(([id, part]) => [id, { ...(this.#scans.get(id) ?? NOTHING), ...part }] as const);
    this.#scans = new Map([...this.#scans, ...changed]);
    for (const listener of this.#listeners) listener();
  }
}

function firstDetail({ low }: WantedScan): Detail {
  return low === null ? "full" : "low";
}

/** Keys are a detail and a scan's id. */
function scanOf(key: string): string {
  return key.slice(key.indexOf(" ") + 1);
}
