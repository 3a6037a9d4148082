import { readFile, stat, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { parentPort } from "node:worker_threads";
import { gzip } from "node:zlib";
import { convertMesh, type Preview } from "#lib/mesh/convert-mesh.ts";
import { type Mesh, MeshError, type MeshFormat } from "#lib/mesh/mesh.ts";
import { parseMesh } from "#lib/mesh/parse-mesh.ts";
import { drawPicture } from "#lib/mesh/picture/draw-picture.ts";
import { encodePng } from "#lib/mesh/picture/encode-png.ts";
import { readPreview } from "#lib/mesh/read-preview.ts";
import { turnMesh } from "#lib/mesh/turn-mesh.ts";
import { weldMesh } from "#lib/mesh/weld.ts";
import { writeObj } from "#lib/mesh/write-obj.ts";
import { writePly } from "#lib/mesh/write-ply.ts";
import { writeStl } from "#lib/mesh/write-stl.ts";
import type {
  ConversionAnswer,
  ConversionJob,
  ConvertedScan,
  DrawnPicture,
  ExportedScan,
  PreviewPaths,
  WrittenPreviewFile,
} from "./conversion-job.ts";
import { makeLowElsewhere } from "./make-low-elsewhere.ts";
import { ScanError } from "./scan-error.ts";

/** Larger meshes than any scanner's (a jaw has 25 MB); what a parser allocates is a few times this. */
const LARGEST_MESH_BYTES = 512 * 1024 * 1024;

/** Level 9 saves under 1 % and takes three times as long. */
const GZIP_LEVEL = 6;

const WRITERS: Record<MeshFormat, (mesh: Mesh) => Uint8Array> = { obj: writeObj, stl: writeStl, ply: writePly };

const compress = promisify(gzip);

parentPort?.on("message", async (job: ConversionJob) => {
  parentPort?.postMessage(await answer(job));
});

async function answer(job: ConversionJob): Promise<ConversionAnswer> {
  try {
    return { ok: true, result: await carryOut(job) };
  } catch (error) {
    if (error instanceof MeshError) {
      return { ok: false, code: "mesh_unreadable", message: `${error.code}: ${error.message}`, where: error.where };
    }
    const code = error instanceof ScanError ? error.code : "converter_failed";
    return { ok: false, code, message: error instanceof Error ? error.message : String(error), where: null };
  }
}

function carryOut(job: ConversionJob): Promise<ConvertedScan | ExportedScan | DrawnPicture> {
  if (job.kind === "preview") return convert(job);
  return job.kind === "export" ? exportMesh(job) : draw(job);
}

async function draw({ scans, width, height }: Extract<ConversionJob, { kind: "picture" }>): Promise<DrawnPicture> {
  const parts = await Promise.all(
    scans.map(async ({ glb, stone, axes }) => ({ ...turnMesh(await readPreview(glb), axes), stone })),
  );
  return { png: encodePng(drawPicture(parts, width, height)) };
}

async function convert(job: Extract<ConversionJob, { kind: "preview" }>): Promise<ConvertedScan> {
  let saving: Promise<WrittenPreviewFile> | undefined;
  const { facts, low, full } = await convertMesh(await readMeshFile(job.path), job.hint, {
    makeLow: makeLowElsewhere,
    onFull: (preview) => {
      saving = savePreview(preview, job.full);
      // A failure is thrown where it is awaited below, not in the middle of the work.
      saving.catch(() => {});
    },
  });
  const [lowFile, fullFile] = await Promise.all([savePreview(low, job.low), saving ?? savePreview(full, job.full)]);
  return { facts, low: lowFile, full: fullFile };
}

async function exportMesh(job: Extract<ConversionJob, { kind: "export" }>): Promise<ExportedScan> {
  const { mesh } = weldMesh(parseMesh(await readMeshFile(job.path), job.hint).mesh);
  const bytes = WRITERS[job.format](mesh);
  await writeFile(job.target, bytes, { flag: "wx", mode: 0o600 });
  return { format: job.format, bytes: bytes.length };
}

async function readMeshFile(path: string): Promise<Uint8Array> {
  const { size } = await stat(path);
  if (size > LARGEST_MESH_BYTES) throw new ScanError("too_large", `A mesh of ${size} bytes is not converted.`);
  return readFile(path);
}

async function savePreview(preview: Preview, paths: PreviewPaths): Promise<WrittenPreviewFile> {
  const zipped = await compress(preview.glb, { level: GZIP_LEVEL });
  await Promise.all([
    writeFile(paths.glb, preview.glb, { flag: "wx", mode: 0o600 }),
    writeFile(paths.gzip, zipped, { flag: "wx", mode: 0o600 }),
  ]);
  return {
    bytes: preview.glb.length,
    gzipBytes: zipped.length,
    triangles: preview.triangles,
    maxErrorUm: preview.maxErrorUm,
  };
}
