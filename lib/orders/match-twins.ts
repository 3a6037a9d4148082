import type { Order } from "#generated/prisma/client.ts";
import { lockByName } from "#lib/database/lock-by-name.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { announceAll } from "#lib/events/announce.ts";
import { lockOrderRows } from "#lib/orders/lock-order-rows.ts";
import type { Restoration } from "#lib/orders/order-schema.ts";
import { type ContentVerdict, pairTwins, type TwinBy, type TwinCandidate } from "#lib/orders/pair-twins.ts";
import { contentsOfOrders, isSameContent, ordersWithSuchScans } from "#lib/orders/scans-of-orders.ts";
import { openPatient } from "#lib/orders/seal-order.ts";
import { wordsOf } from "#lib/orders/search-tokens.ts";
import { findVendor } from "#lib/vendors/registry.ts";

/** Shorter ids are counters, and two vendors may count to the same number. */
const SHORTEST_KEY = 16;
/** The same scans sent again later than this are another order, ms. */
const SAME_TIME_MS = 14 * 86_400_000;
/** Keys lead to rows, and those to keys again; a case has few of either. */
const MOST_STEPS = 4;

const COLUMNS = {
  id: true,
  connectionId: true,
  vendor: true,
  side: true,
  number: true,
  caseKey: true,
  portalCaseKey: true,
  receivedAt: true,
  twinOfId: true,
  twinBy: true,
  patientSealed: true,
  restorations: true,
} as const;
type Row = Pick<Order, keyof typeof COLUMNS>;

/**
 * Recognises whether the given orders came by another way as well, and shows each once (issue: one order, two doors); undoes
 * what does not hold any more. Within the caller's transaction, one at a time per organisation.
 */
export async function matchTwins(tx: TenantTransaction, organisationId: string, orderIds: string[]): Promise<void> {
  if (orderIds.length === 0) return;
  await lockTwins(tx, organisationId);
  const rows = await readCandidates(tx, organisationId, orderIds);
  if (rows.length < 2) return;
  const contents = await contentsOfOrders(
    tx,
    organisationId,
    rows.map((row) => row.id),
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  const contentOf = (a: TwinCandidate, b: TwinCandidate): ContentVerdict => {
    const [mine, theirs] = [contents.get(a.id), contents.get(b.id)];
    if (!mine || !theirs) return "unknown";
    if (!isSameContent(mine, theirs)) return "different";
    return isOfOneTime(a, b) && mayBeOneCase(organisationId, byId.get(a.id)!, byId.get(b.id)!) ? "same" : "different";
  };
  const pairs = pairTwins(rows.map(toCandidate), contentOf);
  const changes = rows.flatMap((row) => {
    const pair = pairs.get(row.id) ?? null;
    const isAsBefore = row.twinOfId === (pair?.primaryId ?? null) && row.twinBy === (pair?.by ?? null);
    return isAsBefore ? [] : [{ row, pair }];
  });
  await write(tx, organisationId, changes);
}

/**
 * One at a time per organisation: two accounts' imports must not each overlook what the other is just writing. Taken before any
 * row is locked, and held until the transaction ends.
 */
export async function lockTwins(tx: TenantTransaction, organisationId: string): Promise<void> {
  await lockByName(tx, `twins ${organisationId}`);
}

/** Case ids long enough to be nobody else's. */
function twinKeysOf(order: { caseKey: string | null; portalCaseKey: string | null }): string[] {
  return [order.caseKey, order.portalCaseKey]
    .flatMap((key) => (key && key.length >= SHORTEST_KEY ? [key.toLowerCase()] : []))
    .filter((key, at, all) => all.indexOf(key) === at);
}

/** The given orders and all that may be one with them: by ids, by what was recognised before, by scans. */
async function readCandidates(tx: TenantTransaction, organisationId: string, orderIds: string[]): Promise<Row[]> {
  const rows = new Map<string, Row>();
  const add = async (where: object) => {
    for (const row of await tx.order.findMany({ where: { organisationId, ...where }, select: COLUMNS }))
      rows.set(row.id, row);
  };
  await add({ id: { in: orderIds } });
  const similar = await ordersWithSuchScans(tx, organisationId, orderIds);
  if (similar.length > 0) await add({ id: { in: similar } });
  for (let step = 0, before = 0; step < MOST_STEPS && before < rows.size; step++) {
    before = rows.size;
    const found = [...rows.values()];
    const ids = found.map((row) => row.id);
    const keys = found.flatMap((row) => [row.caseKey, row.portalCaseKey].flatMap(spellingsOf));
    const primaries = found.flatMap((row) => row.twinOfId ?? []);
    await add({
      OR: [
        { caseKey: { in: keys } },
        { portalCaseKey: { in: keys } },
        { twinOfId: { in: ids } },
        { id: { in: primaries } },
      ],
    });
  }
  return [...rows.values()];
}

/** Vendors write one UUID in small or large letters. */
function spellingsOf(key: string | null): string[] {
  if (!key || key.length < SHORTEST_KEY) return [];
  return [...new Set([key, key.toLowerCase(), key.toUpperCase()])];
}

function toCandidate(row: Row): TwinCandidate {
  const takesDecisions = findVendor(row.vendor)?.capabilities.decisionMode === "sent";
  return { ...row, keys: twinKeysOf(row), takesDecisions };
}

function isOfOneTime(a: TwinCandidate, b: TwinCandidate): boolean {
  return Math.abs(a.receivedAt.getTime() - b.receivedAt.getTime()) <= SAME_TIME_MS;
}

/**
 * Equal scans alone do not make one case: a vendor's demo scans come again and again. Both must name one patient, or, where a
 * name is missing (labs often get none), ask for the same teeth.
 */
function mayBeOneCase(organisationId: string, a: Row, b: Row): boolean {
  const [mine, theirs] = [a, b].map((row) => {
    const { patientName } = openPatient(organisationId, row.id, row.patientSealed);
    return wordsOf(patientName ?? "");
  });
  if (mine!.length > 0 && theirs!.length > 0) return mine!.some((word) => theirs!.includes(word));
  const teeth = teethOf(a);
  return teeth !== "" && teeth === teethOf(b);
}

function teethOf({ restorations }: Row): string {
  const teeth = (restorations as Restoration[]).flatMap(({ tooth }) => tooth?.fdi ?? []);
  return [...new Set(teeth)].sort((a, b) => a - b).join();
}

type Change = { row: Row; pair: { primaryId: string; by: TwinBy } | null };

async function write(tx: TenantTransaction, organisationId: string, changes: Change[]): Promise<void> {
  if (changes.length === 0) return;
  const touched = changes.flatMap(({ row, pair }) => [row.id, row.twinOfId ?? [], pair?.primaryId ?? []].flat());
  const ids = [...new Set(touched)];
  // A decision being written down on one of them is waited for, and the next one sees both.
  await lockOrderRows(tx, organisationId, ids);
  for (const { row, pair } of changes)
    await tx.order.update({
      where: { id: row.id, organisationId },
      data: { twinOfId: pair?.primaryId ?? null, twinBy: pair?.by ?? null, version: { increment: 1 } },
    });
  await tx.orderEvent.createMany({
    data: changes.flatMap(({ row, pair }) => {
      const facts = { vendor: row.vendor, number: row.number };
      const event = (orderId: string, kind: string) => ({ organisationId, orderId, kind, facts });
      return [
        ...(row.twinOfId && row.twinOfId !== pair?.primaryId ? [event(row.twinOfId, "twin_lost")] : []),
        ...(pair && row.twinOfId !== pair.primaryId ? [event(pair.primaryId, "twin_found")] : []),
      ];
    }),
  });
  await announceAll(
    tx,
    ids.map((id) => ({ organisationId, topic: "order" as const, id })),
  );
}
