import { rm } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Prisma } from "#generated/prisma/client.ts";
import { log } from "#lib/log/log.ts";
import type { MeshFormat } from "#lib/mesh/mesh.ts";
import { vendorFileKey } from "#lib/orders/file-key.ts";
import { openFileName } from "#lib/orders/seal-order.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";
import { findVendor } from "#lib/vendors/registry.ts";
import { type ClaimedScan, claimScan, STIR_MS, stirScan } from "./claim-scan.ts";
import type { ConvertedScan, PreviewPaths } from "./conversion-job.ts";
import { conversionPool } from "./conversion-pool-of-process.ts";
import { conversionPriority } from "./conversion-priority.ts";
import { fetchOriginal } from "./fetch-original.ts";
import { toScanProblem } from "./scan-problem.ts";
import { giveUpScan, publishScan, sealEntryName } from "./settle-scan.ts";
import type { UnpackedFile } from "./unpack-archive.ts";

/**
 * One try to bring a scan from its vendor to the screen: locate, download, unpack, verify, keep the original under its SHA-256,
 * convert, keep the previews, publish. Nothing is seen before all of it is safe. Whatever goes wrong ends as a code on the scan,
 * with a job for the next try where that makes sense.
 */
export async function fetchScan(
  organisationId: string,
  scanId: string,
  options: { signal?: AbortSignal; wanted?: boolean } = {},
): Promise<void> {
  const scan = await claimScan(organisationId, scanId);
  if (!scan) return;
  const stirring = setInterval(() => void stirScan(scan).catch(() => {}), STIR_MS);
  const kept: Prisma.ScanUpdateManyMutationInput = {};
  let folder: string | undefined;
  try {
    folder = await objectStore().makeWorkFolder();
    const original = await fetchOriginal(refOf(scan), formatsOf(scan), folder, options.signal);
    const turn = { priority: conversionPriority(scan.order, options.wanted), signal: options.signal };
    const converted = await convertAndKeep(scan, original, folder, kept, turn);
    await publishScan(scan, converted);
  } catch (error) {
    const problem = toScanProblem(error);
    log.warn(
      { scanId, attempts: scan.attempts, code: problem.code, next: problem.next, err: error },
      "scan not fetched",
    );
    await giveUpScan(scan, problem, kept);
  } finally {
    clearInterval(stirring);
    if (folder) await rm(folder, { recursive: true, force: true });
  }
}

function refOf({ organisationId, file, order }: ClaimedScan) {
  return {
    organisationId,
    connectionId: order.connectionId,
    vendor: order.vendor,
    orderNumber: order.number,
    fileKey: vendorFileKey(file),
    fileName: openFileName(organisationId, file.id, file.nameSealed),
  };
}

function formatsOf({ order }: ClaimedScan) {
  return findVendor(order.vendor)?.files?.scanFormats ?? [];
}

/** The original is kept whether or not it can be converted: `kept` says so also after an error. */
async function convertAndKeep(
  scan: ClaimedScan,
  original: UnpackedFile,
  folder: string,
  kept: Prisma.ScanUpdateManyMutationInput,
  turn: { priority: number; signal?: AbortSignal },
): Promise<Prisma.ScanUpdateManyMutationInput> {
  const store = objectStore();
  const hint = hintOf(original.name);
  const paths = { low: pathsIn(folder, "low"), full: pathsIn(folder, "full") };
  let converted: ConvertedScan;
  try {
    converted = await conversionPool().convertFile(original.path, paths, { hint, ...turn });
  } finally {
    const { sha256, bytes } = await store.putFile(original.path);
    Object.assign(kept, {
      sha256,
      bytes: BigInt(bytes),
      vendorMd5: original.md5,
      nameSealed: sealEntryName(scan.organisationId, scan.id, original.name),
      format: hint,
    });
  }
  const { facts, low, full } = converted;
  return {
    ...kept,
    format: facts.format,
    vertices: facts.vertices,
    triangles: facts.triangles,
    boundsMin: facts.bounds.min,
    boundsMax: facts.bounds.max,
    maxErrorUm: facts.maxErrorUm,
    hasColour: facts.hasColour,
    dropped: facts.dropped.notFinite + facts.dropped.tooFewCorners + facts.dropped.degenerate,
    lowSha256: (await store.putFile(paths.low.glb)).sha256,
    lowGzipSha256: (await store.putFile(paths.low.gzip)).sha256,
    lowBytes: low.bytes,
    lowTriangles: low.triangles,
    lowErrorUm: low.maxErrorUm,
    fullSha256: (await store.putFile(paths.full.glb)).sha256,
    fullGzipSha256: (await store.putFile(paths.full.gzip)).sha256,
    fullBytes: full.bytes,
    fullTriangles: full.triangles,
  };
}

function pathsIn(folder: string, detail: "low" | "full"): PreviewPaths {
  return { glb: join(folder, `${detail}.glb`), gzip: join(folder, `${detail}.glb.gz`) };
}

/** The format that a file's name promises. */
export function hintOf(name: string): MeshFormat | null {
  const extension = extname(name).slice(1).toLowerCase();
  return extension === "obj" || extension === "stl" || extension === "ply" ? extension : null;
}
