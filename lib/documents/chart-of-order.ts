import type { ChartMatch } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { sealJson, unsealJson } from "#lib/crypto/seal.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import type { ChartMatchView } from "#lib/documents/document-schema.ts";
import { AppError } from "#lib/errors.ts";
import type { Restoration } from "#lib/orders/order-schema.ts";
import { openPatient } from "#lib/orders/seal-order.ts";
import type { ChartPatient, DocumentStore } from "#lib/vendors/document-store.ts";
import type { PatientData, VendorSession } from "#lib/vendors/vendor.ts";

/** An order of a clinic, as far as its charts are concerned. */
export type OrderForChart = {
  id: string;
  number: string;
  status: string;
  patient: PatientData;
  restorations: Restoration[];
  dueOn: Date | null;
  receivedAt: Date;
  vendorUpdatedAt: Date | null;
};

/** @throws {AppError} not_found; action_not_available for a lab's order: charts are the clinic's */
export async function readOrderForChart(principal: Principal, orderId: string): Promise<OrderForChart> {
  const { organisationId } = principal;
  const row = await withOrganisation(organisationId, (tx) =>
    tx.order.findFirst({
      where: { id: orderId, organisationId },
      select: {
        id: true,
        number: true,
        status: true,
        side: true,
        patientSealed: true,
        restorations: true,
        dueOn: true,
        receivedAt: true,
        vendorUpdatedAt: true,
      },
    }),
  );
  if (!row) throw new AppError("not_found");
  if (row.side !== "clinic") throw new AppError("action_not_available");
  const { patientSealed, side: _, restorations, ...order } = row;
  const patient = openPatient(organisationId, orderId, patientSealed);
  return { ...order, patient, restorations: restorations as Restoration[] };
}

/**
 * Speaks with the charts behind a connection.
 * @throws {AppError} not_found, reconnect_needed; action_not_available when the vendor keeps no charts {VendorError}
 */
export async function withCharts<T>(
  principal: Principal,
  connectionId: string,
  work: (charts: DocumentStore, session: VendorSession, zone: string) => Promise<T>,
): Promise<T> {
  const { organisationId } = principal;
  const { timeZone } = await withOrganisation(organisationId, (tx) =>
    tx.organisation.findUniqueOrThrow({ where: { id: organisationId }, select: { timeZone: true } }),
  );
  return withSession(connectionId, organisationId, async (session, { documents }) => {
    if (!documents) throw new AppError("action_not_available");
    return work(documents, session, timeZone);
  });
}

/** The patient that an order was matched with, if it was. */
export async function findMatch(tx: TenantTransaction, principal: Principal, orderId: string) {
  const { organisationId } = principal;
  return tx.chartMatch.findFirst({ where: { orderId, organisationId, undoneAt: null } });
}

/** @throws {AppError} chart_not_matched */
export async function requireMatch(principal: Principal, orderId: string) {
  const row = await withOrganisation(principal.organisationId, (tx) => findMatch(tx, principal, orderId));
  if (!row) throw new AppError("chart_not_matched");
  return { ...row, patient: openChartPatient(row) };
}

const place = (organisationId: string, matchId: string) => ({
  organisationId,
  table: "chart_matches",
  column: "patient_sealed",
  row: matchId,
});

export function sealChartPatient(organisationId: string, matchId: string, patient: ChartPatient) {
  return sealJson(patient, place(organisationId, matchId));
}

function openChartPatient({ organisationId, id, patientSealed }: ChartMatch): ChartPatient {
  return unsealJson(patientSealed, place(organisationId, id)) as ChartPatient;
}

export function toMatchView(row: ChartMatch): ChartMatchView {
  return {
    id: row.id,
    connectionId: row.connectionId,
    patient: openChartPatient(row),
    how: row.how as ChartMatchView["how"],
    confirmedBy: row.confirmedBy,
    confirmedAt: row.confirmedAt.toISOString(),
    undoUntil: row.undoUntil.toISOString(),
  };
}
