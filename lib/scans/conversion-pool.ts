import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { MeshErrorPlace, MeshFormat } from "#lib/mesh/mesh.ts";
import type {
  ConversionAnswer,
  ConversionJob,
  ConvertedScan,
  DrawnPicture,
  ExportedScan,
  PicturedScan,
  PreviewPaths,
} from "./conversion-job.ts";
import { PRIORITY } from "./conversion-priority.ts";
import { ScanError } from "./scan-error.ts";

export interface PoolOptions {
  /** Threads; by default one per core. */
  size?: number;
  /** For one job, ms. */
  deadlineMs?: number;
  /** JavaScript heap of one thread. Meshes live outside it, bounded by the size of their files. */
  heapMegabytes?: number;
}

interface JobOptions {
  /** The format that the file's name promises, if any; the content decides. */
  hint?: MeshFormat | null;
  /** Lower is sooner (conversion-priority.ts). */
  priority?: number;
  signal?: AbortSignal;
}

interface Waiting {
  job: ConversionJob;
  priority: number;
  order: number;
  settle(answer: ConversionAnswer): void;
}

const WORKER_URL = new URL("./convert-scan.worker.ts", import.meta.url);

/** A scan that could not be read, with the place in the file where reading stopped. */
export class UnreadableMeshError extends ScanError {
  override name = "UnreadableMeshError";
  readonly where: MeshErrorPlace;

  constructor(message: string, where: MeshErrorPlace) {
    super("mesh_unreadable", message);
    this.where = where;
  }
}

/**
 * Converts scans in threads of this process, so that the event loop stays free. A job that takes too long, takes too
 * much memory or kills its thread fails with a ScanError; the next one gets a fresh thread.
 *
 * Threads start with the first job that needs them and do not keep the process alive while they are idle.
 */
export class ConversionPool {
  private readonly size: number;
  private readonly deadlineMs: number;
  private readonly heapMegabytes: number;
  private readonly idle: Worker[] = [];
  private readonly busy = new Set<Worker>();
  private waiting: Waiting[] = [];
  private order = 0;
  private closed = false;

  constructor({ size = availableParallelism(), deadlineMs = 60_000, heapMegabytes = 512 }: PoolOptions = {}) {
    this.size = Math.max(1, size);
    this.deadlineMs = deadlineMs;
    this.heapMegabytes = heapMegabytes;
  }

  /**
   * Makes both previews of a mesh file and writes each as GLB and as gzip to the given paths, which must not exist yet.
   * A small mesh has the same content in both. After an error there may be files at the targets: remove them.
   * @throws ScanError `mesh_unreadable` (as UnreadableMeshError), `too_large`, `timed_out`, `cancelled`, `converter_failed`
   */
  async convertFile(
    path: string,
    targets: { low: PreviewPaths; full: PreviewPaths },
    options: JobOptions = {},
  ): Promise<ConvertedScan> {
    const job: ConversionJob = { kind: "preview", path, hint: options.hint ?? null, ...targets };
    return (await this.run(job, options)) as ConvertedScan;
  }

  /**
   * Writes a mesh file in another format to `target`, which must not exist yet. Vertices in exactly
   * one place are joined (an STL has none that are); none is moved.
   * @throws ScanError as `convertFile`
   */
  async exportFile(path: string, format: MeshFormat, target: string, options: JobOptions = {}): Promise<ExportedScan> {
    const job: ConversionJob = { kind: "export", path, hint: options.hint ?? null, format, target };
    return (await this.run(job, options)) as ExportedScan;
  }

  /**
   * Draws a case as PNG.
   * @throws ScanError as `convertFile`
   */
  async drawPicture(scans: PicturedScan[], size: { width: number; height: number }, options: JobOptions = {}) {
    return (await this.run({ kind: "picture", scans, ...size }, options)) as DrawnPicture;
  }

  /** Stops all threads; waiting and running jobs fail with `cancelled`. */
  async close(): Promise<void> {
    this.closed = true;
    const { waiting } = this;
    this.waiting = [];
    for (const { settle } of waiting) settle(failure("cancelled", "The converter is shutting down."));
    await Promise.all([...this.idle.splice(0), ...this.busy].map((worker) => worker.terminate()));
  }

  private async run(job: ConversionJob, { priority = PRIORITY.background, signal }: JobOptions) {
    if (this.closed || signal?.aborted) throw new ScanError("cancelled", "Cancelled before it began.");
    const answer = await new Promise<ConversionAnswer>((resolve) => {
      const withdraw = () => this.withdraw(entry);
      const settle = (settled: ConversionAnswer) => {
        signal?.removeEventListener("abort", withdraw);
        resolve(settled);
      };
      const entry: Waiting = { job, priority, order: this.order++, settle };
      signal?.addEventListener("abort", withdraw);
      this.waiting.push(entry);
      this.waiting.sort((a, b) => a.priority - b.priority || a.order - b.order);
      this.startNext();
    });
    if (answer.ok) return answer.result;
    if (answer.code === "mesh_unreadable") throw new UnreadableMeshError(answer.message, answer.where);
    throw new ScanError(answer.code, answer.message);
  }

  /** A waiting job is taken out; a running one goes to its end, for its thread is worth more than the rest of its time. */
  private withdraw(entry: Waiting): void {
    if (!this.waiting.includes(entry)) return;
    this.waiting = this.waiting.filter((other) => other !== entry);
    entry.settle(failure("cancelled", "Cancelled while waiting for its turn."));
  }

  private startNext(): void {
    while (this.waiting.length > 0 && !this.closed) {
      const worker = this.idle.pop() ?? (this.busy.size < this.size ? this.startWorker() : undefined);
      if (!worker) return;
      this.busy.add(worker);
      void this.runOn(worker, this.waiting.shift()!);
    }
  }

  private startWorker(): Worker {
    return new Worker(WORKER_URL, {
      // The process's own flags (loaders, inspectors) are not the thread's business.
      execArgv: [],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: this.heapMegabytes },
    });
  }

  private async runOn(worker: Worker, { job, settle }: Waiting): Promise<void> {
    worker.ref();
    const { answer, isReusable } = await this.ask(worker, job);
    this.busy.delete(worker);
    if (isReusable && !this.closed) {
      worker.unref();
      this.idle.push(worker);
    } else await worker.terminate();
    settle(answer);
    this.startNext();
  }

  /** One job on one thread, until it answers, dies or is out of time. */
  private ask(worker: Worker, job: ConversionJob): Promise<{ answer: ConversionAnswer; isReusable: boolean }> {
    return new Promise((resolve) => {
      const finish = (answer: ConversionAnswer, isReusable: boolean) => {
        clearTimeout(deadline);
        worker.removeAllListeners();
        // A thread that fails while idle or while it is stopped must not take the process with it.
        worker.on("error", () => this.forget(worker));
        worker.on("exit", () => this.forget(worker));
        resolve({ answer, isReusable });
      };
      const deadline = setTimeout(
        () => finish(failure("timed_out", `The conversion took longer than ${this.deadlineMs} ms.`), false),
        this.deadlineMs,
      );
      worker.removeAllListeners();
      worker.on("message", (answer: ConversionAnswer) => finish(answer, true));
      worker.on("error", (error) => finish(explainDeath(error), false));
      worker.on("exit", () => {
        const reason = this.closed ? "The converter is shutting down." : "The conversion's thread ended.";
        finish(failure(this.closed ? "cancelled" : "converter_failed", reason), false);
      });
      worker.postMessage(job);
    });
  }

  private forget(worker: Worker): void {
    const at = this.idle.indexOf(worker);
    if (at >= 0) this.idle.splice(at, 1);
  }
}

function failure(code: ScanError["code"], message: string): ConversionAnswer {
  return { ok: false, code, message, where: null };
}

function explainDeath(error: unknown): ConversionAnswer {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ERR_WORKER_OUT_OF_MEMORY")
    return failure("too_large", "The conversion needs more memory than it may have.");
  return failure(
    "converter_failed",
    `The conversion's thread failed: ${error instanceof Error ? error.message : error}`,
  );
}
