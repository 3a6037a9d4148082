import type { ScanView } from "#lib/scans/scan-schema.ts";
import { previewUrl } from "./fetch-preview.ts";
import type { WantedScan } from "./mesh-library.ts";

/** Where the pictures of a ready scan come from. A small scan has one preview for both levels of detail. */
export function wishFor({ id, previews }: ScanView): WantedScan {
  const hasLow = previews.low !== null && previews.low.triangles < (previews.full?.triangles ?? 0);
  return { id, low: hasLow ? previewUrl(id, "low") : null, full: previewUrl(id, "full") };
}
