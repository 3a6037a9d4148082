/**
 * Damaged files by the hundred thousand: `npx node bench/scans/mutate.ts`. `COUNT` inputs (100,000), of which `ARCHIVES` (5,000) are
 * 7z archives in 7-Zip processes of their own; `SEED` begins elsewhere, and says which input it was when one of them fails. Ends with 1
 * when one crashes, hangs for over 5 s, grows beyond its memory, gives no clear error, or leaves a file where none belongs.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { sampleMesh } from "#lib/mesh/sample-mesh.ts";
import { writeObj } from "#lib/mesh/write-obj.ts";
import { listArchive } from "#lib/scans/list-archive.ts";
import { locateSevenZip } from "#lib/scans/locate-seven-zip.ts";
import { ScanError } from "#lib/scans/scan-error.ts";
import { unpackArchive } from "#lib/scans/unpack-archive.ts";
import { mutateArchive } from "./mutate-archive.ts";

const COUNT = Number(process.env.COUNT ?? 100_000);
const ARCHIVES = Number(process.env.ARCHIVES ?? 5_000);
const SEED = Number(process.env.SEED ?? 1);
const LONGEST_MS = 5_000;
const HEAP_MEGABYTES = 256;
const AT_ONCE = 2;

function mutatedMeshes(from: number, to: number): Promise<Record<string, number>> {
  const progress = new SharedArrayBuffer(4);
  const current = new Int32Array(progress);
  const worker = new Worker(new URL("./mutated-meshes.worker.ts", import.meta.url), {
    workerData: { from, to, progress },
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  });
  return new Promise((resolve, reject) => {
    let seen = -1;
    const watch = setInterval(() => {
      const seed = Atomics.load(current, 0);
      if (seed === seen && seed > 0) reject(new Error(`seed ${seed} takes over ${LONGEST_MS} ms`));
      seen = seed;
    }, LONGEST_MS);
    worker.on("message", resolve);
    worker.on("error", reject);
    worker.on("exit", () => clearInterval(watch));
  });
}

/** Archives of one and of several files, plain and solid. */
async function makeArchives(work: string): Promise<Uint8Array[]> {
  const { path } = await locateSevenZip();
  const names = ["a.obj", "b.obj", "c.obj"];
  for (const [at, name] of names.entries()) writeFileSync(join(work, name), writeObj(sampleMesh(10 + at, 5)));
  const kinds = [
    ["-m0=lzma2", "-mhc=off"],
    ["-m0=lzma", "-ms=on", "-mhc=off"],
    ["-m0=ppmd"],
    ["-m0=bzip2", "-mhc=off"],
    ["-m0=copy", "-mhc=off"],
  ];
  return kinds.map((options, at) => {
    const archive = join(work, `seed-${at}.7z`);
    const packed = at === 0 ? names.slice(0, 1) : names;
    execFileSync(path, ["a", "-bso0", "-bsp0", ...options, archive, ...packed], { cwd: work });
    // A copy of its own: a Buffer's slices share its memory.
    const bytes = Uint8Array.from(readFileSync(archive));
    rmSync(archive);
    return bytes;
  });
}

async function mutatedArchives(from: number, to: number): Promise<Record<string, number>> {
  const work = mkdtempSync(join(tmpdir(), "casebench-mutate-"));
  const outcomes: Record<string, number> = {};
  try {
    const seeds = await makeArchives(work);
    for (const name of readdirSync(work)) rmSync(join(work, name));
    let next = from;
    const runner = async () => {
      for (let seed = next++; seed < to; seed = next++) {
        const outcome = await openOne(work, mutateArchive(seeds[seed % seeds.length]!, seed), seed);
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, runner));
    const left = readdirSync(work);
    if (left.length > 0) throw new Error(`files were left: ${left.join()}`);
    return outcomes;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function openOne(work: string, bytes: Uint8Array, seed: number): Promise<string> {
  const folder = join(work, String(seed));
  const [archive, directory] = [join(folder, "archive"), join(folder, "out")];
  mkdirSync(directory, { recursive: true });
  writeFileSync(archive, bytes);
  const began = performance.now();
  let outcome = "read";
  let published = 0;
  try {
    const entries = await listArchive(archive);
    published = (
      await unpackArchive(
        archive,
        entries.map((entry) => ({ ...entry, hash: null })),
        { directory },
      )
    ).length;
  } catch (error) {
    if (!(error instanceof ScanError)) throw new Error(`seed ${seed}`, { cause: error });
    outcome = error.code;
  }
  const ms = performance.now() - began;
  if (ms > LONGEST_MS) throw new Error(`seed ${seed} took ${Math.round(ms)} ms`);
  const [out, around] = [readdirSync(directory), readdirSync(folder)];
  if (out.length !== published || around.length !== 2)
    throw new Error(`seed ${seed} left ${out.length} files of ${published} and ${around.join()}`);
  rmSync(folder, { recursive: true });
  return outcome;
}

function print(what: string, outcomes: Record<string, number>, began: number): void {
  const parts = Object.entries(outcomes).toSorted(([, a], [, b]) => b - a);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`${what}: ${parts.map(([code, times]) => `${code} ${times}`).join(", ")} (${seconds} s)`);
}

const meshes = COUNT - ARCHIVES;
const began = performance.now();
print(`${meshes} STL, OBJ and PLY`, await mutatedMeshes(SEED, SEED + meshes), began);
const begunArchives = performance.now();
print(`${ARCHIVES} 7z`, await mutatedArchives(SEED, SEED + ARCHIVES), begunArchives);
console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MiB`);
