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
import { VendorError } from "#lib/vendors/error.ts";
import type { PatientData } from "#lib/vendors/vendor.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

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
  labName: string | null;
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
        lab: { select: { name: true } },
      },
    }),
  );
  if (!row) throw new AppError("not_found");
  if (row.side !== "clinic") throw new AppError("action_not_available");
  const { patientSealed, side: _, restorations, lab, ...order } = row;
  const patient = openPatient(organisationId, orderId, patientSealed);
  return { ...order, patient, restorations: restorations as Restoration[], labName: lab?.name ?? null };
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
    return work(documents, session, session.timeZone ?? timeZone);
  });
}

/** The patient that an order was matched with, if it was. */
export async function findMatch(tx: TenantTransaction, principal: Principal, orderId: string) {
  const { organisationId } = principal;
  return tx.chartMatch.findFirst({ where: { orderId, organisationId, undoneAt: null } });
}

export type ConfirmedMatch = ChartMatch & { patient: ChartPatient };

/** @throws {AppError} not_found for an order that is not here, chart_not_matched for one whose patient nobody confirmed */
export async function requireMatch(principal: Principal, orderId: string): Promise<ConfirmedMatch> {
  const { organisationId } = principal;
  const row = await withOrganisation(organisationId, async (tx) => {
    if ((await tx.order.count({ where: { id: orderId, organisationId } })) === 0) throw new AppError("not_found");
    return findMatch(tx, principal, orderId);
  });
  if (!row) throw new AppError("chart_not_matched");
  return { ...row, patient: openChartPatient(row) };
}

/**
 * Looks at the chart's patient again, before anything is written there: offices merge charts and correct names, and a number that was
 * John's may be somebody else's today.
 * @throws {AppError} patient_changed {VendorError}
 */
export async function requireSamePatient(charts: DocumentStore, session: VendorSession, { patient }: ConfirmedMatch) {
  const now = await charts.patient(session, patient.key).catch((error: unknown) => {
    if (error instanceof VendorError && error.kind === "not_found") throw new AppError("patient_changed");
    throw error;
  });
  if (!isSamePerson(now, patient)) throw new AppError("patient_changed");
}

/** A chart number may be given later and a file be closed; a name and a birth date are the person. */
export function isSamePerson(one: ChartPatient, other: ChartPatient): boolean {
  const identityOf = ({ key, lastName, firstName, birthDate }: ChartPatient) =>
    JSON.stringify([key, lastName.trim().toLowerCase(), firstName.trim().toLowerCase(), birthDate]);
  return identityOf(one) === identityOf(other);
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

export function openChartPatient({ organisationId, id, patientSealed }: ChartMatch): ChartPatient {
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
