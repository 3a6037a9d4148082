import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import {
  readVisit,
  requireLink,
  sealVisit,
  toLinkView,
  withAppointments,
} from "#lib/appointments/appointment-of-order.ts";
import { type ClinicalText, DOCUMENT_KINDS, type VisitNote } from "#lib/appointments/appointment-schema.ts";
import { compareWithPrescription } from "#lib/appointments/compare-with-prescription.ts";
import { mergeDifferences } from "#lib/appointments/merge-differences.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { type OrderForChart, readOrderForChart } from "#lib/documents/chart-of-order.ts";
import type { ClinicalNote } from "#lib/vendors/appointment-source.ts";

/**
 * What was noted and said at an order's appointment, read from the practice now and kept nowhere: as plain text, with the teeth and
 * shades that the prescription has otherwise. The dates of the visits are read with it. Audited.
 * @throws {AppError} forbidden, not_found, appointment_not_linked, appointment_gone, reconnect_needed {VendorError}
 */
export async function readVisitNote(
  principal: Principal,
  orderId: string,
  clock: Clock = systemClock,
): Promise<VisitNote> {
  requirePermission(principal, "read");
  const order = await readOrderForChart(principal, orderId);
  const link = await requireLink(principal, orderId);
  const { key } = link.visit.appointment;
  const read = await withAppointments(principal, link.connectionId, async (source, session, zone) => {
    const { visit, appointment } = await readVisit(source, session, zone, key, link.visit.patient);
    const notes = await source.notes(session, key);
    const transcription = await source.transcription(session, appointment);
    const document = await source.document(session, appointment);
    return { visit, notes, transcription, document, recorded: appointment.isRecorded };
  });
  const { organisationId, userId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    const row = await tx.appointmentLink.update({
      where: { id: link.id, organisationId },
      data: { visitSealed: sealVisit(organisationId, link.id, read.visit), readAt: clock.now() },
    });
    await appendAudit(tx, {
      organisationId,
      actorId: userId,
      action: "appointment.note_read",
      subjectType: "order",
      subjectId: orderId,
      facts: { linkId: link.id, notes: read.notes.length, transcription: read.transcription ? 1 : 0 },
    });
    const sent = await tx.appointmentDocument.findMany({ where: { organisationId, linkId: link.id } });
    const ours = sent.find(({ name }) => name === read.document?.name);
    const texts = toTexts(order, read.notes, read.transcription);
    return {
      link: await toLinkView(tx, row, order),
      texts,
      differences: mergeDifferences(texts),
      recorded: read.recorded,
      document: read.document && { name: read.document.name, kind: kindOf(ours?.kind) },
    };
  });
}

function kindOf(kind: string | undefined) {
  return DOCUMENT_KINDS.find((one) => one === kind) ?? null;
}

function toTexts(order: OrderForChart, notes: readonly ClinicalNote[], transcription: string | null): ClinicalText[] {
  const texts = notes.map(({ text, summary, updatedAt }) => ({
    source: "note" as const,
    text,
    summary,
    updatedAt: updatedAt?.toISOString() ?? null,
  }));
  const said = transcription
    ? [{ source: "transcription" as const, text: transcription, summary: null, updatedAt: null }]
    : [];
  return [...texts, ...said].map((one) => ({ ...one, ...compareWithPrescription(one.text, order.restorations) }));
}
