import type { Connection } from "#generated/prisma/client.ts";
import { newId } from "#lib/database/new-id.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { settleDoubtful } from "#lib/decisions/settle-doubtful.ts";
import { followUpImport, type OrderChange } from "#lib/orders/follow-up-import.ts";
import { importGroups } from "#lib/orders/import-groups.ts";
import { judgeRead } from "#lib/orders/judge-read.ts";
import { type KnownOrder, lockOrders } from "#lib/orders/lock-orders.ts";
import { lockTwins, matchTwins } from "#lib/orders/match-twins.ts";
import {
  columnsOfChanged,
  columnsOfNew,
  digestOf,
  type OrderPlace,
  receivedAtOf,
  storableOrder,
} from "#lib/orders/order-columns.ts";
import type { DecisionKind } from "#lib/orders/order-schema.ts";
import { statusWithRecorded } from "#lib/orders/order-states.ts";
import { openRaw } from "#lib/orders/seal-order.ts";
import { type ChangedColumns, insertOrders, updateOrders } from "#lib/orders/write-orders.ts";
import type { VendorOrder } from "#lib/vendors/vendor.ts";

/** What of a connection an import needs. */
export type ImportingConnection = Pick<Connection, "id" | "organisationId" | "vendor" | "side" | "groupKey">;

export type ImportOptions = {
  /** When the read at the vendor began. */
  fetchStartedAt: Date;
  /** "enqueue" has a job fetch the whole order after a list entry; "caller" when the caller does so itself. */
  details?: "enqueue" | "caller";
};

export type ImportResult = {
  inserted: number;
  changed: number;
  unchanged: number;
  /** Orders of which only a list entry is here, or an older whole read: to be fetched whole. */
  toFetch: number;
};

const ROWS_AT_ONCE = 200;

/**
 * Writes what a vendor showed, within the caller's transaction: orders, files, scans, groups, search tokens, events; announces
 * and enqueues what follows. Importing the same again changes nothing; an older read never overwrites a newer one (F24); no
 * order is ever lost to a value we do not know (F19, F29).
 */
export async function importOrders(
  tx: TenantTransaction,
  connection: ImportingConnection,
  orders: readonly VendorOrder[],
  options: ImportOptions,
): Promise<ImportResult> {
  const result: ImportResult = { inserted: 0, changed: 0, unchanged: 0, toFetch: 0 };
  const distinct = distinctOrders(orders);
  if (distinct.length === 0) return result;
  const { timeZone, isAlone } = await readOrganisation(tx, connection);
  const place: OrderPlace = { ...connection, connectionId: connection.id, timeZone };
  const newKeys = isAlone ? new Set<string>() : await ordersWithNewKeys(tx, place, distinct);
  if (newKeys.size > 0) await lockTwins(tx, place.organisationId);
  for (let at = 0; at < distinct.length; at += ROWS_AT_ONCE) {
    const part = await importPart(tx, place, distinct.slice(at, at + ROWS_AT_ONCE), options, newKeys);
    result.inserted += part.inserted;
    result.changed += part.changed;
    result.unchanged += part.unchanged;
    result.toFetch += part.toFetch;
  }
  return result;
}

/** A page may show an order twice when others left it meanwhile: the later entry counts, a whole one before a list entry. */
function distinctOrders(orders: readonly VendorOrder[]): VendorOrder[] {
  const byNumber = new Map<string, VendorOrder>();
  for (const order of orders)
    if (order.whole || !byNumber.get(order.number)?.whole) byNumber.set(order.number, storableOrder(order));
  // One order of locking for everybody: two imports never wait for each other in a circle.
  return [...byNumber.values()].sort((a, b) => (a.number < b.number ? -1 : 1));
}

async function importPart(
  tx: TenantTransaction,
  place: OrderPlace,
  orders: VendorOrder[],
  options: ImportOptions,
  newKeys: ReadonlySet<string>,
): Promise<ImportResult> {
  const { fetchStartedAt } = options;
  const groups = await importGroups(tx, { organisationId: place.organisationId, vendor: place.vendor }, orders);
  const { rows, inserted } = await findOrInsert(tx, place, orders, groups, fetchStartedAt);
  const recorded = await recordedDecisions(tx, place, [...rows.values()]);
  const changes: OrderChange[] = [];
  const updates: { id: string; columns: ChangedColumns }[] = [];
  const same: SameOrder[] = [];
  for (const given of orders) {
    const row = rows.get(given.number);
    if (!row) {
      const id = inserted.get(given.number);
      if (id)
        changes.push({
          id,
          order: given,
          before: null,
          status: given.status,
          receivedAt: receivedAtOf(given, fetchStartedAt),
        });
      continue;
    }
    const order = { ...given, status: statusWithRecorded(given.status, recorded.get(row.id) ?? null) };
    const verdict = judgeRead(row, { updatedAt: order.updatedAt, fetchStartedAt, whole: order.whole });
    if (verdict === "leave") continue;
    if (verdict === "take" && saysNothingNew(row, order)) {
      same.push({ id: row.id, whole: order.whole, isDoubtful: isDoubtful(row, order) });
      continue;
    }
    const columns = columnsOfChanged(place, row, order, groups, { fetchStartedAt, verdict });
    updates.push({ id: row.id, columns });
    const status = verdict === "take" ? order.status : row.status;
    changes.push({ id: row.id, order, before: row, status, receivedAt: row.receivedAt });
  }
  await updateOrders(tx, place.organisationId, updates);
  await markSeen(tx, place.organisationId, same, fetchStartedAt);
  await followUpImport(tx, place, changes, options);
  const moved = changes.filter((change) => change.before && change.before.status !== change.status);
  await settleDoubtful(
    tx,
    place.organisationId,
    moved.map(({ id, status, order }) => ({ id, status, updatedAt: order.updatedAt })),
    fetchStartedAt,
  );
  const toMatch = changes.filter((change) => newKeys.has(change.order.number)).map((change) => change.id);
  await matchTwins(tx, place.organisationId, toMatch);
  return {
    inserted: inserted.size,
    changed: changes.length - inserted.size,
    unchanged: orders.length - changes.length,
    toFetch: changes.filter((change) => !change.order.whole).length + same.filter((row) => row.isDoubtful).length,
  };
}

/** The organisation's zone, and whether this is its only account: then no other can have the same order. */
async function readOrganisation(
  tx: TenantTransaction,
  { id, organisationId }: ImportingConnection,
): Promise<{ timeZone: string; isAlone: boolean }> {
  const [row] = await tx.$queryRaw<{ timeZone: string; isAlone: boolean }[]>`
    SELECT time_zone AS "timeZone", NOT EXISTS (
      SELECT 1 FROM connections WHERE organisation_id = ${organisationId}::uuid AND id <> ${id}::uuid
    ) AS "isAlone"
    FROM organisations WHERE id = ${organisationId}::uuid`;
  if (!row) throw new Error("the organisation is gone");
  return row;
}

/** The numbers of the orders that bring a case id which is not here yet: another account may have the same order. */
async function ordersWithNewKeys(
  tx: TenantTransaction,
  { organisationId, connectionId }: OrderPlace,
  orders: readonly VendorOrder[],
): Promise<Set<string>> {
  const here = await tx.order.findMany({
    where: { organisationId, connectionId, number: { in: orders.map((order) => order.number) } },
    select: { number: true, caseKey: true, portalCaseKey: true },
  });
  const known = new Map(here.map((row) => [row.number, row]));
  const isNew = (order: VendorOrder) => {
    const row = known.get(order.number);
    const isKnown = (given: string | null, kept: string | null | undefined) => given === null || given === kept;
    return !isKnown(order.caseKey, row?.caseKey) || !isKnown(order.portalCaseKey, row?.portalCaseKey);
  };
  return new Set(orders.filter(isNew).map((order) => order.number));
}

/** @returns the orders that were here before, locked, and number → id of those that were not */
async function findOrInsert(
  tx: TenantTransaction,
  place: OrderPlace,
  orders: VendorOrder[],
  groups: Map<string, string>,
  fetchStartedAt: Date,
): Promise<{ rows: Map<string, KnownOrder>; inserted: Map<string, string> }> {
  const numbers = orders.map((order) => order.number);
  const rows = await lockOrders(tx, place, numbers);
  const missing = orders.filter((order) => !rows.has(order.number));
  if (missing.length === 0) return { rows, inserted: new Map() };
  const inserted = await insertOrders(
    tx,
    missing.map((order) => columnsOfNew(place, newId(), order, groups, fetchStartedAt)),
  );
  // Somebody else may have brought one at this very moment.
  const overtaken = missing.map((order) => order.number).filter((number) => !inserted.has(number));
  for (const [number, row] of await lockOrders(tx, place, overtaken)) rows.set(number, row);
  return { rows, inserted };
}

/** Decisions that only Casebench knows: the vendor goes on saying "pending" (design §4, Decisions). */
async function recordedDecisions(
  tx: TenantTransaction,
  { organisationId }: OrderPlace,
  rows: KnownOrder[],
): Promise<Map<string, DecisionKind>> {
  if (rows.length === 0) return new Map();
  const decisions = await tx.decision.findMany({
    where: { organisationId, orderId: { in: rows.map((row) => row.id) }, recordedOnly: true, state: "confirmed" },
    orderBy: { requestedAt: "asc" },
    select: { orderId: true, kind: true },
  });
  return new Map(decisions.map((decision) => [decision.orderId, decision.kind as DecisionKind]));
}

/** True when the read equals what is here; a list entry is judged by its state alone once the whole order is here. */
function saysNothingNew(row: KnownOrder, order: VendorOrder): boolean {
  if (row.status !== order.status || row.vendorStatus !== order.vendorStatus) return false;
  if (order.updatedAt?.getTime() !== row.vendorUpdatedAt?.getTime()) return false;
  if (order.whole && !row.detailFetchedAt) return false;
  if (!order.whole && order.updatedAt && row.detailFetchedAt) return true;
  const records = openRaw(row.organisationId, row.id, row.rawSealed);
  return (order.whole ? records.whole : records.list)?.digest === digestOf(order);
}

type SameOrder = { id: string; whole: boolean; isDoubtful: boolean };

/** Change times have a precision of a second: a whole read from about that second may have seen the order before its last change. */
const DOUBT_MS = 2_000;

function isDoubtful(row: KnownOrder, order: VendorOrder): boolean {
  if (order.whole || !row.detailFetchedAt || !order.updatedAt) return false;
  return row.detailFetchedAt.getTime() < order.updatedAt.getTime() + DOUBT_MS;
}

/** What was seen unchanged is as fresh as this read. A doubtful order counts as not yet read whole. */
async function markSeen(
  tx: TenantTransaction,
  organisationId: string,
  same: SameOrder[],
  fetchStartedAt: Date,
): Promise<void> {
  const ids = same.map((row) => row.id);
  const whole = same.filter((row) => row.whole).map((row) => row.id);
  const doubtful = same.filter((row) => row.isDoubtful).map((row) => row.id);
  if (doubtful.length > 0)
    await tx.order.updateMany({
      where: { organisationId, id: { in: doubtful } },
      data: { fetchedAt: fetchStartedAt },
    });
  if (ids.length > 0)
    await tx.order.updateMany({ where: { organisationId, id: { in: ids } }, data: { syncedAt: fetchStartedAt } });
  if (whole.length > 0)
    await tx.order.updateMany({
      where: { organisationId, id: { in: whole } },
      data: { fetchedAt: fetchStartedAt, detailFetchedAt: fetchStartedAt },
    });
}
