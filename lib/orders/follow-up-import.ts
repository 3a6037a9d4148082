import { isDeepStrictEqual } from "node:util";
import type { Prisma } from "#generated/prisma/client.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { announce, announceAll } from "#lib/events/announce.ts";
import { enqueueAll } from "#lib/jobs/queue.ts";
import { type FileChanges, importFiles } from "#lib/orders/import-files.ts";
import type { KnownOrder } from "#lib/orders/lock-orders.ts";
import { dueOnOf, isFirstWhole, type OrderPlace } from "#lib/orders/order-columns.ts";
import { daysUntil } from "#lib/scans/conversion-priority.ts";
import type { VendorOrder } from "#lib/vendors/vendor.ts";

/** An order that an import wrote; `before` is null when it is new. */
export type OrderChange = {
  id: string;
  order: VendorOrder;
  before: KnownOrder | null;
  status: string;
  receivedAt: Date;
};

/** Scans of older orders wait until somebody opens the order, in days. */
const FRESH_DAYS = 90;
const DAY_MS = 86_400_000;
/** Before all other scans that are fetched ahead of time, after those that somebody looks at. */
const TO_DECIDE = 5_000;
/** More orders than this in one import are announced as one change of the connection. */
const MOST_ANNOUNCED = 50;
/** A vendor that drifts in many places is described well enough by this many names. */
const MOST_UNMAPPED_KEYS = 200;

/** Files, events, jobs and announcements of the orders that changed. */
export async function followUpImport(
  tx: TenantTransaction,
  place: OrderPlace,
  changes: readonly OrderChange[],
  options: { fetchStartedAt: Date; details?: "enqueue" | "caller" },
): Promise<void> {
  if (changes.length === 0) return;
  const { organisationId } = place;
  const listed = changes.flatMap(({ id, order, before }) =>
    order.files ? [{ orderId: id, files: order.files, isCounted: !before || isFirstWhole(before, order) }] : [],
  );
  const files = await importFiles(tx, organisationId, listed, options.fetchStartedAt);
  const events = changes.flatMap((change) => eventsOf(change, files.get(change.id), place.timeZone));
  await tx.orderEvent.createMany({ data: events.map((event) => ({ ...event, organisationId })) });
  await markChanged(tx, organisationId, changes, events, options.fetchStartedAt);
  await countUnmapped(tx, place, changes);
  await enqueueWork(tx, organisationId, changes, files, options);
  const told = changes.slice(0, MOST_ANNOUNCED).map(({ id }) => ({ organisationId, topic: "order" as const, id }));
  await announceAll(tx, told);
  if (changes.length > MOST_ANNOUNCED)
    await announce(tx, { organisationId, topic: "connection", id: place.connectionId });
}

/** The newest orders' work goes first; of the scans those of orders still to be decided, the soonest due first. */
async function enqueueWork(
  tx: TenantTransaction,
  organisationId: string,
  changes: readonly OrderChange[],
  files: Map<string, FileChanges>,
  options: { fetchStartedAt: Date; details?: "enqueue" | "caller" },
): Promise<void> {
  const work = changes.map(({ id, order, receivedAt, status }) => {
    const ageDays = Math.max(0, Math.floor((options.fetchStartedAt.getTime() - receivedAt.getTime()) / DAY_MS));
    const isWanted = ageDays <= FRESH_DAYS && ["pending", "accepted"].includes(status);
    const scanIds = isWanted ? (files.get(id)?.newScanIds ?? []) : [];
    const priority = Math.max(0, 1000 - ageDays);
    const scanPriority =
      status === "pending" ? TO_DECIDE - daysUntil(order.dueAt ?? null, options.fetchStartedAt) : priority;
    return { id, isWhole: order.whole, scanIds, priority, scanPriority };
  });
  if (options.details !== "caller")
    await enqueueAll(
      tx,
      "refresh-order",
      work
        .filter((one) => !one.isWhole)
        .map(({ id, priority }) => ({ payload: { organisationId, orderId: id }, priority })),
    );
  await enqueueAll(
    tx,
    "fetch-scan",
    work.flatMap(({ scanIds, scanPriority }) =>
      scanIds.map((scanId) => ({ payload: { organisationId, scanId }, priority: scanPriority })),
    ),
  );
}

/** Work has begun on these: what changed since must not be overlooked. */
async function markChanged(
  tx: TenantTransaction,
  organisationId: string,
  changes: readonly OrderChange[],
  events: readonly NewEvent[],
  at: Date,
): Promise<void> {
  const changed = new Set(
    events.filter(({ kind }) => kind === "order_changed" || kind === "files_changed").map(({ orderId }) => orderId),
  );
  const begun = changes.filter(
    ({ id, before, status }) =>
      changed.has(id) && [before?.status, status].some((one) => one === "accepted" || one === "in_production"),
  );
  if (begun.length === 0) return;
  await tx.order.updateMany({
    where: { organisationId, id: { in: begun.map(({ id }) => id) } },
    data: { changedAt: at },
  });
}

type NewEvent = Omit<Prisma.OrderEventCreateManyInput, "organisationId">;

function eventsOf(
  { id, order, before, status }: OrderChange,
  files: FileChanges | undefined,
  timeZone: string,
): NewEvent[] {
  if (!before) return [{ orderId: id, kind: "order_arrived", facts: { status, vendorStatus: order.vendorStatus } }];
  const events: NewEvent[] = [];
  if (before.status !== status || (status === "other" && before.vendorStatus !== order.vendorStatus))
    events.push({
      orderId: id,
      kind: "status_changed",
      facts: { from: before.status, to: status, vendorFrom: before.vendorStatus, vendorTo: order.vendorStatus },
    });
  // The first whole read completes an order that has just arrived: its content is no change.
  if (before.detailFetchedAt === null || !order.whole) return events;
  const [dueFrom, dueTo] = [dayOf(before.dueOn), dayOf(dueOnOf(order, timeZone))];
  const prescription = prescriptionDiffers(before, order);
  if (dueFrom !== dueTo || prescription)
    events.push({ orderId: id, kind: "order_changed", facts: { dueFrom, dueTo, prescription } });
  if (files && files.added + files.removed > 0)
    events.push({ orderId: id, kind: "files_changed", facts: { added: files.added, removed: files.removed } });
  return events;
}

function dayOf(date: Date | null): string | null {
  return date?.toISOString().slice(0, 10) ?? null;
}

function prescriptionDiffers(before: KnownOrder, order: VendorOrder): boolean {
  const stored = [before.form, before.restorations, before.bridges];
  return !isDeepStrictEqual(stored, JSON.parse(JSON.stringify([order.form, order.restorations, order.bridges])));
}

/** Names of vendor keys that the mapping did not know, counted per order for the admin; never values. */
async function countUnmapped(tx: TenantTransaction, place: OrderPlace, changes: readonly OrderChange[]): Promise<void> {
  const names = changes.flatMap((change) => change.order.unmapped);
  if (names.length === 0) return;
  const where = { id: place.connectionId, organisationId: place.organisationId };
  const { unmappedKeys } = await tx.connection.findUniqueOrThrow({ where, select: { unmappedKeys: true } });
  const counts = new Map(Object.entries(unmappedKeys as Record<string, number>));
  for (const name of names)
    if (counts.has(name) || counts.size < MOST_UNMAPPED_KEYS) counts.set(name, (counts.get(name) ?? 0) + 1);
  await tx.connection.update({ where, data: { unmappedKeys: Object.fromEntries(counts) } });
}
