import { setTimeout as sleep } from "node:timers/promises";
import type { Principal } from "#lib/access/principal.ts";
import { findAppointments } from "#lib/appointments/find-appointments.ts";
import { linkAppointment } from "#lib/appointments/link-appointment.ts";
import { syncConnection } from "#lib/connections/sync-connection.ts";
import { database } from "#lib/database/database.ts";

/**
 * Links the demo clinic's newest order that has an appointment too early for the lab's day, so that a first look shows what a link is good
 * for. The orders are brought over for it, as "Sync now" does.
 */
export async function linkDemoAppointment(principal: Principal): Promise<void> {
  const { organisationId } = principal;
  if ((await database().appointmentLink.count({ where: { organisationId } })) > 0) return;
  const connections = await database().connection.findMany({
    where: { organisationId },
    orderBy: { createdAt: "asc" },
  });
  const practice = connections.find(({ vendor }) => vendor === "medisync");
  const portal = connections.find(({ vendor }) => vendor === "meditlink");
  if (!practice || !portal) return;
  await syncConnection({ organisationId, connectionId: portal.id });
  const orders = await newestOrders(organisationId, portal.id);
  for (const { id, dueOn } of orders) {
    const { items } = await findAppointments(principal, id, { connection: practice.id });
    const due = dueOn?.toISOString().slice(0, 10) ?? "";
    const isLate = items.some(({ kind, day }) => kind !== "other" && day !== null && day < due);
    const proposed = items.find(({ isProposed }) => isProposed);
    if (!isLate || !proposed) continue;
    await linkAppointment(principal, id, { connection: practice.id, appointmentKey: proposed.key, confirmed: true });
    return;
  }
}

const LOOKED_THROUGH = 6;

/** Once they are here whole: the worker may have begun the sync before us, and reads one order after another. */
async function newestOrders(organisationId: string, connectionId: string) {
  const read = () =>
    database().order.findMany({
      where: { organisationId, connectionId },
      orderBy: { receivedAt: "desc" },
      take: LOOKED_THROUGH,
      select: { id: true, dueOn: true, detailFetchedAt: true },
    });
  let orders = await read();
  const isWhole = () => orders.length === LOOKED_THROUGH && orders.every(({ detailFetchedAt }) => detailFetchedAt);
  for (let tries = 0; tries < 60 && !isWhole(); tries++) {
    await sleep(250);
    orders = await read();
  }
  return orders;
}
