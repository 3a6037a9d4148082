import { rm } from "node:fs/promises";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { recordDownload } from "#lib/orders/record-download.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { findVendor } from "#lib/vendors/registry.ts";
import { fetchLocated } from "./fetch-original.ts";
import { safeFileName } from "./safe-file-name.ts";

type OrderWithForm = {
  id: string;
  organisationId: string;
  number: string;
  vendor: string;
  connectionId: string;
  files: { id: string; originalSha256: string | null }[];
};

/**
 * An order's form as the vendor made it (PDF), fetched when first wanted. Audited.
 * @throws {AppError} not_found when there is none, or for another organisation's order; not_converted_yet {VendorError}
 */
export async function openOrderForm(principal: Principal, orderId: string): Promise<{ sha256: string; name: string }> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  const order: OrderWithForm | null = await withOrganisation(organisationId, (tx) =>
    tx.order.findFirst({
      where: { id: orderId, organisationId },
      select: {
        id: true,
        organisationId: true,
        number: true,
        vendor: true,
        connectionId: true,
        files: { where: { kind: "order_form" }, select: { id: true, originalSha256: true } },
      },
    }),
  );
  if (!order || !findVendor(order.vendor)?.capabilities.orderForm) throw new AppError("not_found");
  const known = order.files[0]?.originalSha256;
  const sha256 = known && (await objectStore().has(known)) ? known : await keepForm(order);
  await withOrganisation(organisationId, (tx) => recordDownload(tx, principal, orderId, { what: "order_form" }));
  return { sha256, name: safeFileName(`${order.number} order form.pdf`) };
}

async function keepForm(order: OrderWithForm): Promise<string> {
  const { organisationId, number } = order;
  const folder = await objectStore().makeWorkFolder();
  try {
    const located = await withSession(order.connectionId, organisationId, (session, vendor) => {
      if (!vendor.files?.orderForm) throw new AppError("not_found");
      return vendor.files.orderForm(session, number);
    });
    if (!located.ready) throw new AppError("not_converted_yet", "order form not ready", { retryAfter: 10 });
    const { path } = await fetchLocated(order, located, folder);
    const { sha256 } = await objectStore().putFile(path);
    const file = order.files[0];
    if (file)
      await withOrganisation(organisationId, (tx) =>
        tx.orderFile.update({
          where: { id: file.id, organisationId },
          data: { originalSha256: sha256, state: "ready", problem: null },
        }),
      );
    return sha256;
  } catch (error) {
    if (error instanceof VendorError && error.kind === "not_found") throw new AppError("not_found");
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
