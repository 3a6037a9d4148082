import type { Jaw } from "#lib/orders/order-schema.ts";
import type { VendorFile } from "#lib/vendors/vendor.ts";

/** Extensions MeditLink converts to obj, stl and ply (guide FAQ, "convertible files"). */
const CONVERTIBLE = new Set(["meditmesh", "meditimportedmesh", "meditlibraryinfo", "meditctmesh", "marginline"]);
/** Meshes that people attach as they are. */
const MESHES = new Set(["stl", "obj", "ply"]);

/**
 * What a file of a case is, from its type and name (guide Appendix A "Case File Type", FAQ "file extensions").
 *
 * - `.meditGroupInfo` only manages bite groups inside Medit's programs;
 * - scan data is a scan, with the jaw that its name says; margin lines and implant libraries have none;
 * - meshes among attachments and results (`….general.meditMesh`, `.stl`) are scans to look at, of no certain jaw;
 * - everything else is an attachment: pictures, videos, project files, raw scans.
 */
export function classifyFile(name: string, fileType: string): Pick<VendorFile, "kind" | "jaw"> {
  const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  if (extension === "meditgroupinfo") return { kind: "group_info", jaw: null };
  const type = fileType.toUpperCase();
  const isMesh = CONVERTIBLE.has(extension) || MESHES.has(extension);
  if (type === "SCAN_DATA") {
    if (PROJECTS.has(extension)) return { kind: "attachment", jaw: null };
    return { kind: "scan", jaw: extension === "meditmesh" || MESHES.has(extension) ? jawOfName(name) : "other" };
  }
  if (isMesh && !type.includes("RAW")) return { kind: "scan", jaw: "other" };
  return { kind: "attachment", jaw: null };
}

/** Project files of Medit's programs: nobody else reads them. */
const PROJECTS = new Set([
  "meditdesign",
  "meditcrownfit",
  "meditorthosimulation",
  "meditsmiledesign",
  "medittemporaries",
  "meditsplints",
  "meditmodelbuilder",
]);

/** Names as in the guide's cases (maxillary, mandibular, occlusionfirst) and as archives call their entries (mandible.obj). */
function jawOfName(name: string): Jaw {
  const plain = name.toLowerCase();
  if (/occlusion|bite/.test(plain)) return "bite";
  if (/maxill|upper/.test(plain)) return "upper";
  if (/mandib|lower/.test(plain)) return "lower";
  return "other";
}
