import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { computeNormals } from "#lib/mesh/compute-normals.ts";
import type { Mesh } from "#lib/mesh/mesh.ts";
import { parseMesh } from "#lib/mesh/parse-mesh.ts";
import { sampleMesh } from "#lib/mesh/sample-mesh.ts";
import { weldMesh } from "#lib/mesh/weld.ts";
import { writeStl } from "#lib/mesh/write-stl.ts";
import { locateSevenZip } from "#lib/scans/locate-seven-zip.ts";
import type { ManifestItem } from "#lib/scans/unpack-archive.ts";

/** The files of one run: a 25 MB OBJ with normals as the vendor packs it, the same as STL, and three jaws of that size. */
export type BenchFiles = {
  /** Folder that the sandbox takes its scans from. */
  scans: string;
  /** Folder that the compared pages load from: jaw-1.obj, jaw-2.obj, jaw-3.obj, jaw-1.stl. */
  pages: string;
  archive: string;
  obj: Uint8Array;
  manifest: ManifestItem[];
  triangles: number;
};

/** @param given a folder with the derived scans, if there is one; else surfaces of our making */
export async function makeBenchFiles(work: string, given: string | undefined): Promise<BenchFiles> {
  const [scans, pages] = [join(work, "scans"), join(work, "pages")];
  for (const folder of [scans, pages]) mkdirSync(folder);
  const sevenZip = (await locateSevenZip()).path;
  const ready = given && join(given, "derived_mandible_obj_lzma2.7z");
  const archive = join(scans, "mandible.7z");
  if (ready && existsSync(ready)) {
    symlinkSync(ready, archive);
    execFileSync(sevenZip, ["x", "-y", `-o${pages}`, archive], { stdio: "ignore" });
  } else {
    writeFileSync(join(pages, "mandible.obj"), objWithNormals(noisy(sampleMesh(1500, 111))));
    execFileSync(sevenZip, ["a", archive, join(pages, "mandible.obj")], { stdio: "ignore" });
  }
  const obj = readFileSync(join(pages, "mandible.obj"));
  const { mesh } = weldMesh(parseMesh(obj).mesh);
  writeFileSync(join(pages, "jaw-1.stl"), writeStl(mesh));
  // Three different ones, so that nothing is answered from a content-addressed store or a cache.
  for (const [at, name] of ["jaw-1", "jaw-2", "jaw-3"].entries()) {
    const bytes = at === 0 ? obj : objWithNormals(moved(mesh, at));
    writeFileSync(join(pages, `${name}.obj`), bytes);
    writeFileSync(join(scans, `other-${at + 1}.obj`), bytes);
  }
  const hash = createHash("md5").update(obj).digest("hex");
  return {
    scans,
    pages,
    archive,
    obj,
    manifest: [{ name: "mandible.obj", bytes: obj.length, hash }],
    triangles: mesh.indices.length / 3,
  };
}

/** The same jaw a little higher. */
function moved(mesh: Mesh, by: number): Mesh {
  return { ...mesh, positions: mesh.positions.map((value, i) => (i % 3 === 2 ? value + by * 12 : value)) };
}

/** A scanner's noise of a few micrometres: without it, a made surface packs far better than any real one. */
function noisy(mesh: Mesh): Mesh {
  let state = 1;
  const positions = mesh.positions.map((value) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.round((value + (state / 2 ** 32 - 0.5) * 0.014) * 1e6) / 1e6;
  });
  return { ...mesh, positions };
}

/** `v`, `vn` and `f a//a` with six decimals, as scanners write them. */
function objWithNormals(mesh: Mesh): string {
  const { positions, indices } = mesh;
  const normals = computeNormals(new Float32Array(positions), indices);
  const triples = (name: string, values: ArrayLike<number>) => {
    const lines: string[] = [];
    for (let i = 0; i < values.length; i += 3)
      lines.push(`${name} ${values[i]!.toFixed(6)} ${values[i + 1]!.toFixed(6)} ${values[i + 2]!.toFixed(6)}`);
    return lines;
  };
  const faces: string[] = [];
  for (let i = 0; i < indices.length; i += 3) {
    const [a, b, c] = [indices[i]! + 1, indices[i + 1]! + 1, indices[i + 2]! + 1];
    faces.push(`f ${a}//${a} ${b}//${b} ${c}//${c}`);
  }
  return `${[...triples("v", positions), ...triples("vn", normals), ...faces].join("\n")}\n`;
}
