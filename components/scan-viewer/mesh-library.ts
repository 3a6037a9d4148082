import type { DecodeReply, DecodeRequest, PreviewProblem } from "./decode-messages.ts";
import type { DecodedScan } from "./decode-preview.ts";

/** A ready scan that should be on screen. `low` is null where the full preview is the first picture. */
export interface WantedScan {
  id: string;
  low: string | null;
  full: string;
}

/** What has arrived of a scan so far. */
export interface LoadedScan {
  low: DecodedScan | null;
  full: DecodedScan | null;
  problem: PreviewProblem | null;
}

export type LoadedScans = ReadonlyMap<string, LoadedScan>;

type Detail = "low" | "full";

/** The part of `Worker` that is used; tests hand in their own. */
export interface DecodeWorker {
  postMessage(message: DecodeRequest, transfer?: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<DecodeReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

const NOTHING: LoadedScan = { low: null, full: null, problem: null };

/**
 * The meshes of one case in the browser: asks the decode worker for the low detail of everything wanted, then for the
 * full one, and hands at most one full mesh per frame to the page, so that no frame pays for two uploads.
 */
export class MeshLibrary {
  #worker: DecodeWorker;
  #nextFrame: (callback: () => void) => void;
  #wanted: readonly WantedScan[] = [];
  #scans: LoadedScans = new Map();
  #listeners = new Set<() => void>();
  #inFlight = new Set<string>();
  #arrivedFull: { id: string; scan: DecodedScan }[] = [];
  #edgeRequests = new Map<string, (edges: Uint32Array) => void>();
  #frameAsked = false;
  #disposed = false;

  constructor(worker: DecodeWorker, nextFrame: (callback: () => void) => void) {
    this.#worker = worker;
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

  /** Tries a scan again whose preview did not arrive. */
  retry(id: string): void {
    this.#change(id, { problem: null });
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

  dispose(): void {
    this.#disposed = true;
    this.#worker.terminate();
    this.#scans = new Map();
    this.#arrivedFull = [];
    this.#listeners.clear();
  }

  /** Full detail waits until every first picture is there, because people wait for that one. */
  #advance(): void {
    for (const scan of this.#wanted) this.#load(scan, scan.low === null ? "full" : "low");
    const firstPictures = this.#wanted.every(({ id }) => {
      const loaded = this.#scans.get(id) ?? NOTHING;
      return loaded.low !== null || loaded.full !== null || loaded.problem !== null;
    });
    if (firstPictures) for (const scan of this.#wanted) this.#load(scan, "full");
  }

  #load(scan: WantedScan, detail: Detail): void {
    const loaded = this.#scans.get(scan.id) ?? NOTHING;
    const key = `${detail} ${scan.id}`;
    const waiting = this.#arrivedFull.some(({ id }) => id === scan.id);
    if (loaded.problem || loaded.full || loaded[detail] || waiting || this.#inFlight.has(key)) return;
    this.#inFlight.add(key);
    this.#worker.postMessage({ kind: "load", key, url: scan[detail] ?? scan.full });
  }

  #receive(reply: DecodeReply): void {
    if (this.#disposed) return;
    if (reply.kind === "edges") {
      this.#edgeRequests.get(reply.key)?.(reply.edges);
      this.#edgeRequests.delete(reply.key);
      return;
    }
    if (!this.#inFlight.delete(reply.key)) return;
    const [detail, id] = reply.key.split(" ") as [Detail, string];
    if (reply.kind === "failed") this.#change(id, { problem: reply.problem });
    else if (detail === "low") this.#change(id, { low: reply.scan });
    else this.#arrivedFull.push({ id, scan: reply.scan });
    this.#advance();
    this.#askForFrame();
  }

  #askForFrame(): void {
    if (this.#frameAsked || this.#arrivedFull.length === 0) return;
    this.#frameAsked = true;
    this.#nextFrame(() => {
      this.#frameAsked = false;
      const next = this.#arrivedFull.shift();
      if (next && !this.#disposed) this.#change(next.id, { full: next.scan });
      this.#askForFrame();
    });
  }

  #failAll(): void {
    for (const { id } of this.#wanted) {
      if (!this.#scans.get(id)?.full) this.#change(id, { problem: "unreadable" });
    }
    this.#inFlight.clear();
  }

  #change(id: string, news: Partial<LoadedScan>): void {
    this.#scans = new Map(this.#scans).set(id, { ...(this.#scans.get(id) ?? NOTHING), ...news });
    for (const listener of this.#listeners) listener();
  }
}
