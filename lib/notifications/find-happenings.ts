import type { Prisma } from "#generated/prisma/client.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import type { Notifiable } from "./notification-schema.ts";

const DAY_MS = 86_400_000;
/** Subjects a mail can name; the rest is a number. */
const MOST = 500;
const IN_HAND = ["accepted", "in_production", "delivering"];

export type Happening = { organisationId: string; event: Notifiable; after: Date; until: Date; today: Date };

/**
 * What happened in a span of time, open at its start, closed at its end.
 * @returns ids of orders, or of connections for "connection_trouble"; each once, at most 500
 */
export async function findHappenings(tx: TenantTransaction, asked: Happening): Promise<string[]> {
  if (asked.event === "connection_trouble") return findConnections(tx, asked);
  if (asked.event === "due_soon") return findDue(tx, asked);
  const { organisationId, after, until } = asked;
  const rows = await tx.orderEvent.findMany({
    where: { organisationId, at: { gt: after, lte: until }, ...conditionOf(asked) },
    select: { orderId: true },
    distinct: ["orderId"],
    orderBy: { at: "asc" },
    take: MOST,
  });
  return rows.map((row) => row.orderId);
}

function conditionOf({ event, after }: Happening): Prisma.OrderEventWhereInput {
  switch (event) {
    case "order_arrived":
      // A new connection brings years of orders with it: only what was placed lately is news.
      return { kind: "order_arrived", order: { receivedAt: { gt: new Date(after.getTime() - DAY_MS) } } };
    case "needs_information":
      return {
        kind: { in: ["order_arrived", "status_changed", "order_changed"] },
        order: { infoRequest: "requested" },
      };
    case "changed_after_acceptance":
      return { kind: { in: ["order_changed", "files_changed"] }, order: { status: { in: IN_HAND } } };
    case "order_closed":
      return { kind: "status_changed", order: { status: { in: ["cancelled", "rejected"] } } };
    default:
      return { kind: { in: ["decision_conflict", "decision_failed"] } };
  }
}

async function findConnections(tx: TenantTransaction, { organisationId, after, until }: Happening): Promise<string[]> {
  const rows = await tx.auditEntry.findMany({
    where: { organisationId, action: "connection.reconnect_needed", at: { gt: after, lte: until } },
    select: { subjectId: true },
    distinct: ["subjectId"],
    take: MOST,
  });
  return rows.map((row) => row.subjectId);
}

/** Open orders due today, tomorrow or the day after. */
async function findDue(tx: TenantTransaction, { organisationId, today }: Happening): Promise<string[]> {
  const rows = await tx.order.findMany({
    where: {
      organisationId,
      status: { in: ["pending", ...IN_HAND] },
      dueOn: { gte: today, lte: new Date(today.getTime() + 2 * DAY_MS) },
    },
    select: { id: true },
    orderBy: { dueOn: "asc" },
    take: MOST,
  });
  return rows.map((row) => row.id);
}
