import type { ScanView } from "#lib/scans/scan-schema.ts";
import { casePreviewUrl, previewUrl } from "./fetch-preview.ts";
import type { WantedScan } from "./mesh-library.ts";

/** Where the pictures of a ready scan come from. A small scan has one preview for both levels of detail. */
export function wishFor({ id, previews, axes }: ScanView): WantedScan {
  const hasLow = previews.low !== null && previews.low.triangles < (previews.full?.triangles ?? 0);
  return { id, axes: axes ?? null, low: hasLow ? previewUrl(id, "low") : null, full: previewUrl(id, "full") };
}

/** What the viewer asks for first when it opens these scans: one address for all of an order's. */
export function firstPictureUrls(orderId: string | null, drawn: readonly ScanView[]): string[] {
  const ready = drawn.filter((scan) => scan.previews.full);
  if (orderId && ready.length > 1) {
    return [
      casePreviewUrl(
        orderId,
        ready.map(({ id }) => id),
      ),
    ];
  }
  return ready.map(wishFor).map(({ low, full }) => low ?? full);
}
