/**
 * Previews of scans, from the vendor's archive to the first picture, as ratios to what everybody does, in one run on one machine.
 * `SANDBOX_SCANS_DIR=<folder with scans> npx node bench/scans/run.ts`; without that setting it makes scans of its own. With
 * `ONLY=pipeline|maps|browser` only that part; `ONLY=exact` (with `SAMPLES`, 1,000) holds what is measured to brute force, which takes minutes. Prints one table; ends with 1 when something misses what must be reached.
 */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { makeBenchFiles } from "./bench-files.ts";
import { printRow, type Row } from "./bench-row.ts";
import { browserRows } from "./browser-rows.ts";
import { exactnessRows } from "./exactness-rows.ts";
import { pipelineRows } from "./pipeline-rows.ts";

const only = process.env.ONLY;
const work = mkdtempSync(join(tmpdir(), "casebench-bench-"));
const rows: Row[] = [];
const print = (row: Row) => {
  rows.push(row);
  printRow(row);
};
try {
  await measure();
  process.exitCode = rows.every(({ measured, must }) => must === null || measured <= must) ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** In a thread of its own, as a browser has it: what the engine learnt from the pipeline's meshes does not hold for these. */
async function mapsInThread(given: string | undefined, obj: Uint8Array): Promise<Row[]> {
  const thread = new Worker(new URL("./maps-rows.worker.ts", import.meta.url), { workerData: { given, obj } });
  const [measured] = await once(thread, "message");
  return measured;
}

async function measure(): Promise<void> {
  const given = process.env.SANDBOX_SCANS_DIR;
  if (only === "exact") {
    for (const row of await exactnessRows(given, Number(process.env.SAMPLES ?? 1_000))) print(row);
    return;
  }
  const files = await makeBenchFiles(work, given);
  if (!only || only === "pipeline") for (const row of await pipelineRows(work, files)) print(row);
  if (!only || only === "maps") for (const row of await mapsInThread(given, files.obj)) print(row);
  if (!only || only === "browser") await browserRows(work, files, print);
}
