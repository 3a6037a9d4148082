import type { JobPayload } from "#lib/jobs/queue-schema.ts";
import { refreshOrder } from "#lib/orders/refresh-order.ts";

export async function runRefreshOrder(
  { organisationId, orderId }: JobPayload<"refresh-order">,
  { signal }: { signal: AbortSignal },
): Promise<void> {
  await refreshOrder(organisationId, orderId, signal);
}
