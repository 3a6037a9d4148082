/** The address of a case's small picture: another picture has another address, so that it may be kept for ever. */
export function thumbnailPath(orderId: string, sha256: string): string {
  return `/api/orders/${orderId}/thumbnail?v=${versionOfThumbnail(sha256)}`;
}

export function versionOfThumbnail(sha256: string): string {
  return sha256.slice(0, 16);
}
