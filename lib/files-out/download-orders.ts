import type { Readable } from "node:stream";
import { z } from "zod";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { recordDownload } from "#lib/orders/record-download.ts";
import type { DownloadFormat } from "#lib/scans/download-scan.ts";
import { downloadQuerySchema } from "#lib/scans/scan-schema.ts";
import { folderOf, nameFiles, OUTGOING_COLUMNS, type OutgoingOrder } from "./outgoing-files.ts";
import { collectEntries, type ZipPart, zipParts } from "./zip-orders.ts";

/** As many orders as one zip holds. */
const MOST_ORDERS = 50;

export const downloadOrdersSchema = downloadQuerySchema.extend({
  /** In a query comma separated. */
  ids: z.preprocess(
    (given) => (typeof given === "string" ? given.split(",").filter(Boolean) : given),
    z.array(z.uuid()).min(1).max(MOST_ORDERS),
  ),
});

/**
 * The files of several orders as one zip, made while it is sent, a folder for each order. Audited for each.
 * @throws {AppError} forbidden; not_found when one of them is not this organisation's
 */
export async function downloadOrders(
  principal: Principal,
  ids: readonly string[],
  format: DownloadFormat,
  clock: Clock = systemClock,
): Promise<{ name: string; stream: Readable }> {
  requirePermission(principal, "download");
  const { organisationId } = principal;
  const wanted = [...new Set(ids)];
  const { orders, template } = await withOrganisation(organisationId, async (tx) => {
    const found: OutgoingOrder[] = await tx.order.findMany({
      where: { id: { in: wanted }, organisationId },
      select: OUTGOING_COLUMNS,
      orderBy: { number: "asc" },
    });
    if (found.length < wanted.length) throw new AppError("not_found");
    for (const { id } of found) await recordDownload(tx, principal, id, { what: "order", format });
    const organisation = await tx.organisation.findUniqueOrThrow({ where: { id: organisationId } });
    return { orders: found, template: organisation.fileNameTemplate };
  });
  const name = `orders ${clock.now().toISOString().slice(0, 10)}.zip`;
  return { name, stream: zipParts(partsOf(orders, format, template)) };
}

async function* partsOf(
  orders: readonly OutgoingOrder[],
  format: DownloadFormat,
  template: string | null,
): AsyncGenerator<ZipPart> {
  const folders = new Set<string>(["not included.txt"]);
  for (const order of orders) {
    const folder = folderOf(order, folders);
    const { entries, missing } = await collectEntries(order.files, nameFiles(order, format, template), format);
    yield {
      entries: entries.map(({ name, open }) => ({ name: `${folder}/${name}`, open })),
      missing: (entries.length === 0 && missing.length === 0 ? ["no files"] : missing).map((one) => `${folder}/${one}`),
    };
  }
}
