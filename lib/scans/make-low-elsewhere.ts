import { Worker } from "node:worker_threads";
import type { Preview } from "#lib/mesh/convert-mesh.ts";
import type { Mesh } from "#lib/mesh/mesh.ts";
import type { LowPreviewAnswer } from "./low-preview.worker.ts";
import { ScanError } from "./scan-error.ts";

const WORKER_URL = new URL("./low-preview.worker.ts", import.meta.url);

let helper: Worker | undefined;

/**
 * Makes a low preview in a second thread: simplifying takes as long as all the rest, so the two share the time. The
 * thread stays for the next mesh and ends with the one that started it. One mesh at a time.
 * @throws ScanError `converter_failed`
 */
export function makeLowElsewhere(mesh: Mesh): Promise<Preview> {
  helper ??= startHelper();
  const worker = helper;
  return new Promise((resolve, reject) => {
    const fail = (message: string) => reject(new ScanError("converter_failed", message));
    worker.removeAllListeners();
    worker.on("message", (answer: LowPreviewAnswer) => (answer.ok ? resolve(answer.preview) : fail(answer.message)));
    worker.on("error", (error) => {
      helper = undefined;
      fail(`The thread for low previews failed: ${error instanceof Error ? error.message : error}`);
    });
    worker.postMessage(mesh);
  });
}

function startHelper(): Worker {
  const worker = new Worker(WORKER_URL, { execArgv: [], env: {} });
  worker.unref();
  return worker;
}
