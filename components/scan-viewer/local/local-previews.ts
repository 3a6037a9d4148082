/** Previews of files that were opened from this computer: addresses inside this page, by scan. */
const previews = new Map<string, { low: string; full: string }>();

export function localPreviewUrl(scanId: string, detail: "low" | "full"): string | null {
  return previews.get(scanId)?.[detail] ?? null;
}

/** True for a file of this computer: there is nothing of it on the server. */
export function isLocalScan(scanId: string): boolean {
  return previews.has(scanId);
}

export function keepLocalPreviews(scanId: string, low: Uint8Array<ArrayBuffer>, full: Uint8Array<ArrayBuffer>): void {
  const url = (glb: Uint8Array<ArrayBuffer>) => URL.createObjectURL(new Blob([glb], { type: "model/gltf-binary" }));
  previews.set(scanId, { low: url(low), full: url(full) });
}

/** Frees the memory of a file's previews. */
export function forgetLocalPreviews(scanId: string): void {
  const own = previews.get(scanId);
  if (!own) return;
  URL.revokeObjectURL(own.low);
  URL.revokeObjectURL(own.full);
  previews.delete(scanId);
}
