import type { Principal } from "#lib/access/principal.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { openReason } from "#lib/decisions/to-decision-view.ts";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import { usualLabel } from "./list-reasons.ts";
import { groupOfReason, REASON_CODES, type ReasonGroup } from "./reason-codes.ts";

type Told = {
  organisation_id: string;
  decision_id: string;
  code: string | null;
  words: Uint8Array | null;
  group: string | null;
  label: string | null;
  at: Date;
};

/**
 * Why the lab rejected a clinic's order, where that lab works with this portal too; its note stays with the lab. The database
 * itself answers for no order but the clinic's own: row-level security hides the lab's decisions from every other query.
 */
export async function readRejection(
  tx: TenantTransaction,
  { locale }: Pick<Principal, "locale">,
  order: { id: string; side: string; status: string },
): Promise<OrderDetailView["rejection"]> {
  if (order.side !== "clinic" || order.status !== "rejected") return null;
  const [told] = await tx.$queryRaw<Told[]>`SELECT * FROM rejection_by_lab(${order.id}::uuid)`;
  if (!told || (told.code === null && told.words === null)) return null;
  const { code, words } = told;
  const group = (told.group as ReasonGroup | null) ?? (code ? groupOfReason(code) : null);
  const usual = code && REASON_CODES.includes(code) ? usualLabel(code, locale) : null;
  const label = words ? openReason(told.organisation_id, told.decision_id, words) : (told.label ?? usual);
  return { group, label, at: told.at.toISOString() };
}
