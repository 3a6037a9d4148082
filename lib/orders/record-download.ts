import type { Principal } from "#lib/access/principal.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { recordOrderAct } from "#lib/orders/record-order-act.ts";

/** Files of an order left the portal: a line in the audit trail and in the order's history. Facts are ids and codes. */
export async function recordDownload(
  tx: TenantTransaction,
  principal: Principal,
  orderId: string,
  facts: Record<string, string>,
): Promise<void> {
  await recordOrderAct(tx, principal, orderId, { action: "order.downloaded", kind: "downloaded", facts });
  // Whoever takes the files away has what changed.
  await tx.$executeRaw`
    UPDATE orders SET downloaded_at = coalesce(downloaded_at, now()), changed_at = NULL
    WHERE id = ${orderId}::uuid AND organisation_id = ${principal.organisationId}::uuid
      AND (downloaded_at IS NULL OR changed_at IS NOT NULL)`;
}
