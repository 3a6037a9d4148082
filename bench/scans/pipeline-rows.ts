import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { OBJLoader } from "three/examples/jsm/loaders/OBJLoader.js";
import { parseMesh } from "#lib/mesh/parse-mesh.ts";
import { parseObj } from "#lib/mesh/parse-obj.ts";
import { weldMesh } from "#lib/mesh/weld.ts";
import { writeStl } from "#lib/mesh/write-stl.ts";
import { ConversionPool } from "#lib/scans/conversion-pool.ts";
import { locateSevenZip } from "#lib/scans/locate-seven-zip.ts";
import { type ManifestItem, unpackArchive } from "#lib/scans/unpack-archive.ts";
import type { BenchFiles } from "./bench-files.ts";
import { type Row, shareRow } from "./bench-row.ts";
import { compare, compareThread } from "./stopwatch.ts";

let files = 0;

/** Bytes, errors and times of the server side, as ratios to what everybody does. */
export async function pipelineRows(work: string, { archive, obj, manifest }: BenchFiles): Promise<Row[]> {
  const sevenZip = (await locateSevenZip()).path;
  const pool = new ConversionPool({ size: 1 });
  const mesh = weldMesh(parseMesh(obj).mesh).mesh;
  const bare = writeBareObj(mesh.positions, mesh.indices);
  const stl = writeStl(mesh);
  const text = new TextDecoder().decode(obj);
  // The thread starts once per process, not once per scan.
  await pool.convertFile(await unpack(work, archive, manifest), targets(work));

  const [parse, naiveParse] = await compareThread(
    () => parseObj(obj),
    () => new OBJLoader().parse(text),
  );
  const [whole, plainUnpack] = await compare(
    async () => pool.convertFile(await unpack(work, archive, manifest), targets(work)),
    () => execFileSync(sevenZip, ["x", "-so", archive], { stdio: ["ignore", "pipe", "ignore"], maxBuffer: 2 ** 30 }),
  );
  const { facts, low, full } = await pool.convertFile(await unpack(work, archive, manifest), targets(work));
  await pool.close();
  const largest = `low ${low.maxErrorUm.toFixed(1)} µm, ${low.triangles} triangles`;
  const perTriangle = full.gzipBytes / full.triangles;
  return [
    shareRow("bytes to first view / OBJ", low.gzipBytes, obj.length, 0.25, "bytes"),
    shareRow("full mesh / OBJ with normals", full.gzipBytes, obj.length, 3.2, "bytes"),
    shareRow("full mesh / bare OBJ", full.gzipBytes, bare, 7.5, "bytes"),
    shareRow("full mesh / STL", full.gzipBytes, stl.length, 5.2, "bytes"),
    { what: "bytes per triangle", measured: perTriangle, must: 2.6, unit: "B", detail: `${full.triangles} triangles` },
    { what: "largest error of the full mesh", measured: facts.maxErrorUm, must: 1, unit: "µm", detail: largest },
    shareRow("OBJ parse / OBJLoader", parse, naiveParse, 10, "ms"),
    {
      what: "whole conversion / unpacking alone",
      measured: whole / plainUnpack,
      must: 3,
      unit: "x",
      detail: `${Math.round(whole)} / ${Math.round(plainUnpack)} ms`,
    },
  ];
}

function targets(work: string) {
  const base = join(work, `preview-${++files}`);
  return {
    low: { glb: `${base}.low.glb`, gzip: `${base}.low.gz` },
    full: { glb: `${base}.full.glb`, gzip: `${base}.full.gz` },
  };
}

async function unpack(work: string, archive: string, manifest: ManifestItem[]): Promise<string> {
  const directory = join(work, `unpacked-${++files}`);
  mkdirSync(directory);
  return (await unpackArchive(archive, manifest, { directory }))[0]!.path;
}

/** The size of `v x y z` and `f a b c` with six decimals, as scanners write them. */
function writeBareObj(positions: ArrayLike<number>, indices: ArrayLike<number>): number {
  let bytes = 0;
  for (let i = 0; i < positions.length; i += 3) {
    bytes += 5;
    for (let axis = 0; axis < 3; axis++) bytes += positions[i + axis]!.toFixed(6).length;
  }
  for (let i = 0; i < indices.length; i += 3) {
    bytes += 5;
    for (let corner = 0; corner < 3; corner++) bytes += String(indices[i + corner]! + 1).length;
  }
  return bytes;
}
