import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { generatedScan, type OrderPlan, scanFile } from "./order-plan.ts";
import type { Random } from "./random.ts";
import type { Jaw, ScanSource } from "./vendor-records.ts";

/** Triangles of the guide's sample scan: 25 MB as OBJ with normals (§3.4.1). */
export const BIG_TRIANGLES = 333_224;

/** One order whose lower jaw is the vendor's 25 MB OBJ: a ready archive of the scans folder, or a generated twin. */
export function makeBigOrder(plan: OrderPlan, scansDir: string | undefined, random: Random): void {
  const archive = scansDir === undefined ? undefined : listed(scansDir).find((name) => name.endsWith(".7z"));
  const lower: ScanSource =
    archive === undefined
      ? generatedScan("lower", plan.anatomy, plan.prescription, BIG_TRIANGLES)
      : { from: "scans-dir-archive", path: archive, entry: "mandible.obj", jaw: "lower" };
  plan.status = "PENDING";
  plan.caseName = "Full arch, 25 MB scan";
  plan.files = [scanFile("mandibular.meditMesh", "mandible", lower, random)];
}

/**
 * Orders made of the real scans in the folder: an upper jaw and, when there is one, its antagonist. Files whose names begin with
 * "other" are the scans of one order, of no jaw.
 */
export function makeScannedOrder(plan: OrderPlan, scansDir: string, index: number, random: Random): void {
  const meshes = listed(scansDir).filter((name) => /\.(ply|stl|obj)$/i.test(name));
  const others = meshes.filter((name) => /^other/i.test(name));
  const uppers = meshes.filter((name) => !/lower|mandib/i.test(name) && !others.includes(name));
  const lowers = meshes.filter((name) => /lower|mandib/i.test(name));
  const from = (path: string, jaw: Jaw): ScanSource => ({ from: "scans-dir", path, jaw, anatomy: plan.anatomy });
  if (others.length > 0 && uppers.length === 0) {
    plan.status = "PENDING";
    plan.caseName = "Scans of no jaw";
    plan.files = others.map((path, at) =>
      scanFile(`scan ${at + 1}.meditMesh`, `scan-${at + 1}`, from(path, "lower"), random),
    );
    return;
  }
  const upper = uppers[index % uppers.length];
  const lower = lowers[index % lowers.length];
  if (upper === undefined) return;
  plan.status = "PENDING";
  plan.files = [scanFile("maxillary.meditMesh", "maxilla", from(upper, "upper"), random)];
  if (lower !== undefined) plan.files.push(scanFile("mandibular.meditMesh", "mandible", from(lower, "lower"), random));
}

function listed(scansDir: string): string[] {
  return existsSync(scansDir) ? readdirSync(scansDir).sort() : [];
}

/** Where a scan of the folder lies. */
export function scanPath(scansDir: string | undefined, name: string): string {
  if (scansDir === undefined) throw new Error(`The scan ${name} needs SANDBOX_SCANS_DIR`);
  return join(scansDir, name);
}
