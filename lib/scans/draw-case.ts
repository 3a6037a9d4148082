import { withOrganisation } from "#lib/database/with-organisation.ts";
import { conversionPool } from "./conversion-pool-of-process.ts";
import { PRIORITY } from "./conversion-priority.ts";
import { chooseForPicture, loadPictured } from "./pictured-scans.ts";

/**
 * A picture of a case for papers: its jaws as matte stone on nothing, PNG with transparency, drawn in a thread.
 * @param size pixels; 900 × 600 takes about half a second
 * @returns null while no scan of the order is ready
 * @throws {ScanError} {StorageError}
 */
export async function drawCase(
  organisationId: string,
  orderId: string,
  size: { width: number; height: number },
): Promise<Uint8Array | null> {
  const sources = await withOrganisation(organisationId, (tx) => chooseForPicture(tx, organisationId, orderId));
  if (sources.length === 0) return null;
  const pictured = await loadPictured(sources);
  const { png } = await conversionPool().drawPicture(pictured, size, { priority: PRIORITY.waiting });
  return png;
}
