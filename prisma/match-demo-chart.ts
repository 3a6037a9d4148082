import { setTimeout as sleep } from "node:timers/promises";
import type { Principal } from "#lib/access/principal.ts";
import { createConnection } from "#lib/connections/create-connection.ts";
import { syncConnection } from "#lib/connections/sync-connection.ts";
import { database } from "#lib/database/database.ts";
import { fileIntoChart } from "#lib/documents/file-into-chart.ts";
import { confirmPatient } from "#lib/documents/match-patient.ts";

/** D.Davis' order for a patient of its practice, as the sandbox has them. */
const ORDER = { number: "3706727", patientKey: "101", birthDate: "1984-03-02" };

/** Connects the clinic's charts, confirms the patient of one order and files its order form. */
export async function matchDemoChart(principal: Principal, customerKey: string): Promise<void> {
  const { organisationId } = principal;
  const credentials = { customerKey, pace: "enterprise" };
  const { id: connection } = await createConnection(principal, { vendor: "open-dental", credentials });
  const orders = await database().connection.findFirst({ where: { organisationId, vendor: "meditlink" } });
  if (!orders) return;
  await syncConnection({ organisationId, connectionId: orders.id });
  const orderId = await waitForOrder(organisationId);
  if (!orderId) return;
  const secondIdentifier = { birthDate: ORDER.birthDate };
  const { patientKey } = ORDER;
  await confirmPatient(principal, orderId, { connection, patientKey, confirmed: true, secondIdentifier });
  await fileIntoChart(principal, orderId, { kind: "order_form" });
}

/** The worker may have begun the sync before us: then its run is the one that brings the order. */
async function waitForOrder(organisationId: string): Promise<string | null> {
  for (let tries = 0; tries < 40; tries++) {
    const order = await database().order.findFirst({ where: { organisationId, number: ORDER.number } });
    if (order) return order.id;
    await sleep(250);
  }
  return null;
}
