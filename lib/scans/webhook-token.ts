import { createHash, randomBytes } from "node:crypto";
import { database } from "#lib/database/database.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { enqueue } from "#lib/jobs/queue.ts";

/** How long a vendor may take to call back, ms. */
const LIFE_MS = 24 * 3_600_000;

/** An address for one call back from a vendor about one order: unguessable, good once, kept as a hash. */
export async function makeWebhook(
  tx: TenantTransaction,
  order: { id: string; organisationId: string; vendor: string },
): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await tx.webhookToken.create({
    data: {
      hash: hashOf(token),
      organisationId: order.organisationId,
      vendor: order.vendor,
      orderId: order.id,
      expiresAt: new Date(Date.now() + LIFE_MS),
    },
  });
  return `${env().PORTAL_URL}/api/webhooks/${order.vendor}/${token}`;
}

/**
 * A vendor called back. The order is read again at the vendor, for nothing that a caller sends is believed.
 * @throws {AppError} not_found for an address that is nobody's, used or too old
 */
export async function takeWebhook(vendor: string, token: string): Promise<void> {
  const now = new Date();
  const hash = hashOf(token);
  const row = await database().webhookToken.findFirst({
    where: { hash, vendor, usedAt: null, expiresAt: { gt: now } },
  });
  if (!row) throw new AppError("not_found");
  const { organisationId, orderId } = row;
  await withOrganisation(organisationId, async (tx) => {
    const { count } = await tx.webhookToken.updateMany({
      where: { hash, organisationId, usedAt: null },
      data: { usedAt: now },
    });
    if (count === 0) throw new AppError("not_found");
    await enqueue(tx, "refresh-order", { organisationId, orderId });
    const uploads = await tx.upload.findMany({ where: { organisationId, orderId, state: "processing" } });
    for (const { id } of uploads)
      await enqueue(tx, "carry-out-upload", { organisationId, uploadId: id }, { singletonKey: `now:${id}` });
  });
}

function hashOf(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(token).digest());
}
