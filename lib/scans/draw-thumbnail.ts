import { Readable } from "node:stream";
import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { announce } from "#lib/events/announce.ts";
import { enqueue } from "#lib/jobs/queue.ts";
import { log } from "#lib/log/log.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";
import { conversionPool } from "./conversion-pool-of-process.ts";
import { PRIORITY } from "./conversion-priority.ts";
import { chooseForPicture, digestOfSources, loadPictured, type PictureSource } from "./pictured-scans.ts";
import { ScanError } from "./scan-error.ts";

/** Pixels: shown at half of that, so that it is sharp on fine screens. */
export const THUMBNAIL = { width: 96, height: 64 } as const;

/** Orders that one tick takes up. */
const ORDERS_AT_ONCE = 200;

/**
 * Draws the small picture of a case anew, if its scans are not those that the present one shows. A case that cannot be drawn is
 * noted as done without a picture: its scans would not change by trying again.
 * @throws {StorageError} and whatever else passes: the job is tried again
 */
export async function drawThumbnail(organisationId: string, orderId: string): Promise<void> {
  const { sources, isDone } = await withOrganisation(organisationId, async (tx) => {
    const order = await tx.order.findFirst({ where: { id: orderId, organisationId }, select: { thumbnailOf: true } });
    const chosen = order ? await chooseForPicture(tx, organisationId, orderId) : [];
    return { sources: chosen, isDone: !order || order.thumbnailOf === digestOfSources(chosen) };
  });
  if (isDone) return;
  const thumbnailSha256 = sources.length > 0 ? await drawAndKeep(orderId, sources) : null;
  await withOrganisation(organisationId, async (tx) => {
    // Scans that came meanwhile have a job of their own.
    const now = digestOfSources(await chooseForPicture(tx, organisationId, orderId));
    const thumbnailOf = digestOfSources(sources);
    if (now !== thumbnailOf) return;
    await tx.order.updateMany({ where: { id: orderId, organisationId }, data: { thumbnailSha256, thumbnailOf } });
    await announce(tx, { organisationId, topic: "order", id: orderId });
  });
}

async function drawAndKeep(orderId: string, sources: PictureSource[]): Promise<string | null> {
  const pictured = await loadPictured(sources);
  try {
    const { png } = await conversionPool().drawPicture(pictured, THUMBNAIL, { priority: PRIORITY.background });
    return (await objectStore().putStream(Readable.from([png]))).sha256;
  } catch (error) {
    if (!(error instanceof ScanError) || error.code === "cancelled" || error.code === "timed_out") throw error;
    log.warn({ orderId, err: error }, "thumbnail not drawn");
    return null;
  }
}

/** Asks for the pictures of orders whose scans were ready before there were pictures, or changed without a new scan. */
export async function requestMissingThumbnails(): Promise<number> {
  const orders = await database().order.findMany({
    where: { thumbnailOf: null, scansReady: { gt: 0 } },
    select: { id: true, organisationId: true },
    take: ORDERS_AT_ONCE,
  });
  for (const { id, organisationId } of orders)
    await withOrganisation(organisationId, (tx) => enqueue(tx, "draw-thumbnail", { organisationId, orderId: id }));
  return orders.length;
}
