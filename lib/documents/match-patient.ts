import type { z } from "zod";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import type { AuditAction } from "#lib/audit/audit-actions.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { newId } from "#lib/database/new-id.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { withdrawChartLinks } from "#lib/documents/chart-links.ts";
import {
  type ConfirmedMatch,
  findMatch,
  isSamePerson,
  openChartPatient,
  readOrderForChart,
  requireMatch,
  sealChartPatient,
  toMatchView,
  withCharts,
} from "#lib/documents/chart-of-order.ts";
import type { ChartMatchView, confirmPatientBodySchema } from "#lib/documents/document-schema.ts";
import { keyOfOrder } from "#lib/documents/paper-key.ts";
import { whenFree } from "#lib/documents/when-free.ts";
import { AppError } from "#lib/errors.ts";
import { announce } from "#lib/events/announce.ts";
import { recordOrderEvent } from "#lib/orders/record-order-event.ts";
import type { ChartPatient } from "#lib/vendors/document-store.ts";
import { VendorError } from "#lib/vendors/error.ts";

/** How long a match can be taken back, ms. */
export const UNDO_MS = 10 * 60_000;

type Confirmation = z.infer<typeof confirmPatientBodySchema>;

/** The patient an order is matched with, or null. @throws {AppError} forbidden, not_found */
export async function readMatch(principal: Principal, orderId: string): Promise<{ match: ChartMatchView | null }> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    if ((await tx.order.count({ where: { id: orderId, organisationId } })) === 0) throw new AppError("not_found");
    const row = await findMatch(tx, principal, orderId);
    return { match: row && toMatchView(row) };
  });
}

/**
 * Keeps which patient of the practice an order is for; confirmed once more after the practice changed the patient's name or birth date. Whoever confirms gives a second identifier, which is compared with the chart as
 * it is now: filing into the wrong chart is the worst that can happen here.
 * @throws {AppError} forbidden, not_found, patient_differs; action_not_available when a patient is confirmed already {VendorError}
 */
export async function confirmPatient(
  principal: Principal,
  orderId: string,
  confirmation: Confirmation,
  clock: Clock = systemClock,
): Promise<ChartMatchView> {
  requirePermission(principal, "decide");
  const { connection: connectionId, patientKey } = confirmation;
  const { patient } = await readOrderForChart(principal, orderId);
  const chart = await withCharts(principal, connectionId, (charts, session) => charts.patient(session, patientKey));
  if (chart.key !== patientKey || !isSecondIdentifier(chart, confirmation)) throw new AppError("patient_differs");
  const how = patient.patientCode?.trim() === patientKey ? "code" : "search";
  return withOrganisation(principal.organisationId, async (tx) => {
    const id =
      (await insertMatch(tx, principal, { orderId, connectionId, chart, how, at: clock.now() })) ??
      (await confirmAgain(tx, principal, { orderId, connectionId, chart, at: clock.now() }));
    await record(tx, principal, orderId, "chart.matched", "chart_matched", { matchId: id, connectionId, how });
    return toMatchView(await tx.chartMatch.findUniqueOrThrow({ where: { id } }));
  });
}

type Confirmed = { orderId: string; connectionId: string; chart: ChartPatient; at: Date };

/** @returns the match's id, or null when a patient is confirmed already */
async function insertMatch(
  tx: TenantTransaction,
  { organisationId, userId }: Principal,
  { orderId, connectionId, chart, how, at }: Confirmed & { how: string },
): Promise<string | null> {
  const id = newId();
  const patientSealed = sealChartPatient(organisationId, id, chart);
  const undoUntil = new Date(at.getTime() + UNDO_MS);
  const { count } = await tx.chartMatch.createMany({
    data: [
      {
        id,
        organisationId,
        orderId,
        connectionId,
        patientSealed,
        how,
        confirmedBy: userId,
        confirmedAt: at,
        undoUntil,
      },
    ],
    skipDuplicates: true,
  });
  return count === 1 ? id : null;
}

/** The same chart, whose name or birth date the practice has changed since: the new ones are confirmed. */
async function confirmAgain(
  tx: TenantTransaction,
  principal: Principal,
  { orderId, connectionId, chart, at }: Confirmed,
): Promise<string> {
  const { organisationId, userId } = principal;
  const row = await findMatch(tx, principal, orderId);
  const before = row && openChartPatient(row);
  const isChanged = before?.key === chart.key && !isSamePerson(before, chart);
  if (!row || row.connectionId !== connectionId || !isChanged)
    throw new AppError("action_not_available", "a patient is confirmed already");
  const patientSealed = sealChartPatient(organisationId, row.id, chart);
  const data = { patientSealed, confirmedBy: userId, confirmedAt: at };
  await tx.chartMatch.update({ where: { id: row.id, organisationId }, data });
  return row.id;
}

function isSecondIdentifier(chart: ChartPatient, { secondIdentifier }: Confirmation): boolean {
  if ("birthDate" in secondIdentifier) return chart.birthDate === secondIdentifier.birthDate;
  return chart.chartNumber !== null && chart.chartNumber === secondIdentifier.chartNumber.trim();
}

/**
 * Takes a match back within its window, and out of the chart whatever was filed since. What cannot be taken out keeps the match, so
 * that it can be tried again.
 * @throws {AppError} forbidden, chart_not_matched, undo_too_late, filing_in_progress {VendorError}
 */
export async function undoMatch(principal: Principal, orderId: string, clock: Clock = systemClock): Promise<void> {
  requirePermission(principal, "decide");
  await whenFree(orderId, async () => {
    const match = await requireMatch(principal, orderId);
    if (clock.now() > match.undoUntil) throw new AppError("undo_too_late");
    const removed = (await removeFilings(principal, match)) + (await removeLabCase(principal, match));
    await withdrawChartLinks(principal, orderId);
    const { organisationId } = principal;
    await withOrganisation(organisationId, async (tx) => {
      await tx.chartMatch.update({ where: { id: match.id, organisationId }, data: { undoneAt: clock.now() } });
      const facts = { matchId: match.id, removed };
      await record(tx, principal, orderId, "chart.match_undone", "chart_unmatched", facts);
    });
  });
}

/** The chart itself is asked what of ours is in it: a filing that failed may be there without our knowing. */
async function removeFilings(principal: Principal, match: ConfirmedMatch): Promise<number> {
  const { organisationId } = principal;
  const filings = await withOrganisation(organisationId, (tx) =>
    tx.chartFiling.findMany({ where: { organisationId, matchId: match.id, state: { not: "removed" } } }),
  );
  if (filings.length === 0) return 0;
  const listed = await withCharts(principal, match.connectionId, (charts, session, zone) =>
    charts.list(session, match.patient.key, zone),
  );
  for (const { id, dedupeKey } of filings) {
    for (const { key } of listed.filter(
      ({ kind, description }) => kind === "document" && description.includes(dedupeKey),
    ))
      await withCharts(principal, match.connectionId, (charts, session) =>
        charts.remove(session, key).catch(alreadyGone),
      );
    await withOrganisation(organisationId, (tx) =>
      tx.chartFiling.update({ where: { id, organisationId }, data: { state: "removed" } }),
    );
  }
  return filings.length;
}

/** The order's own lab case, where one was made since. */
async function removeLabCase(principal: Principal, match: ConfirmedMatch): Promise<number> {
  const { organisationId } = principal;
  const isMade = { organisationId, orderId: match.orderId, kind: "lab_case_saved", at: { gte: match.confirmedAt } };
  if ((await withOrganisation(organisationId, (tx) => tx.orderEvent.count({ where: isMade }))) === 0) return 0;
  const key = keyOfOrder(match.orderId);
  return withCharts(principal, match.connectionId, async (charts, session, zone) => {
    const labCases = await charts.labCases(session, match.patient.key, zone);
    const mine = labCases.filter(({ instructions }) => instructions.includes(key));
    for (const labCase of mine) await charts.removeLabCase(session, labCase.key).catch(alreadyGone);
    return mine.length;
  });
}

function alreadyGone(error: unknown): void {
  if (!(error instanceof VendorError) || error.kind !== "not_found") throw error;
}

/** The audit trail, the order's history, and whoever looks at it now. */
export async function record(
  tx: Parameters<typeof appendAudit>[0],
  { organisationId, userId }: Principal,
  orderId: string,
  action: AuditAction,
  kind: string,
  facts: Record<string, string | number>,
): Promise<void> {
  await appendAudit(tx, {
    organisationId,
    actorId: userId,
    action,
    subjectType: "order",
    subjectId: orderId,
    facts,
  });
  await recordOrderEvent(tx, { organisationId, orderId, kind, actorId: userId, facts });
  await announce(tx, { organisationId, topic: "order", id: orderId });
}
