import { Worker } from "node:worker_threads";
import type { FileQuirk, ScanSource } from "./vendor-records.ts";

export type MeshSource = ScanSource | { from: "stored"; path: string; name: string };

export interface MeshOrder {
  scan: MeshSource;
  format: "obj" | "stl" | "ply";
  /** Where the file is to be written. */
  path: string;
  quirk?: FileQuirk;
}

export interface MadeMesh {
  path: string;
  size: number;
  md5: string;
}

export type MeshAnswer = { id: number } & ({ made: MadeMesh } | { problem: string });

/** Meshes are made in one worker thread, started on first use, so that the vendors keep answering meanwhile. */
export class MeshMaker {
  #scansDir: string | undefined;
  #worker: Worker | undefined;
  #lastId = 0;
  #waiting = new Map<number, { resolve(made: MadeMesh): void; reject(error: Error): void }>();

  constructor(scansDir: string | undefined) {
    this.#scansDir = scansDir;
  }

  make(order: MeshOrder): Promise<MadeMesh> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#start().postMessage({ id, ...order });
    });
  }

  #start(): Worker {
    if (this.#worker !== undefined) return this.#worker;
    const worker = new Worker(new URL("./mesh-worker.ts", import.meta.url), {
      workerData: { scansDir: this.#scansDir },
    });
    worker.on("message", (answer: MeshAnswer) => {
      const waiting = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if ("made" in answer) waiting?.resolve(answer.made);
      else waiting?.reject(new Error(answer.problem));
    });
    worker.on("error", (error: Error) => {
      for (const waiting of this.#waiting.values()) waiting.reject(error);
      this.#waiting.clear();
      this.#worker = undefined;
    });
    worker.unref();
    this.#worker = worker;
    return worker;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }
}
