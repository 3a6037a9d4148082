import type { z } from "zod";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { requireLink, withAppointments } from "#lib/appointments/appointment-of-order.ts";
import type { deleteRecordingBodySchema } from "#lib/appointments/appointment-schema.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { readOrderForChart } from "#lib/documents/chart-of-order.ts";
import { record } from "#lib/documents/match-patient.ts";
import { whenFree } from "#lib/documents/when-free.ts";
import type { OpenedFile } from "#lib/vendors/open-answer.ts";

/**
 * The dictation of an order's appointment as it arrives from the practice; nothing of it is kept. Audited whenever it is begun.
 * @param range of HTTP: a player that jumps asks for a part
 * @throws {AppError} forbidden, not_found, appointment_not_linked, reconnect_needed {VendorError} not_found without a dictation
 */
export async function playRecording(principal: Principal, orderId: string, range: string | null): Promise<OpenedFile> {
  requirePermission(principal, "download");
  await readOrderForChart(principal, orderId);
  const link = await requireLink(principal, orderId);
  const { organisationId, userId } = principal;
  if (!range || /^bytes=0-/i.test(range))
    await withOrganisation(organisationId, (tx) =>
      appendAudit(tx, {
        organisationId,
        actorId: userId,
        action: "appointment.recording_played",
        subjectType: "order",
        subjectId: orderId,
        facts: { linkId: link.id },
      }),
    );
  return withAppointments(principal, link.connectionId, (source, session) =>
    source.openRecording(session, link.visit.appointment.key, range),
  );
}

/**
 * Deletes the dictation at the practice, for good: the body says that a person was asked twice. Audited before it is done, so that none is
 * gone without a trace.
 * @throws {AppError} forbidden, not_found, appointment_not_linked {VendorError} not_found when there is none
 */
export async function deleteRecording(
  principal: Principal,
  orderId: string,
  _confirmation: z.infer<typeof deleteRecordingBodySchema>,
): Promise<void> {
  requirePermission(principal, "decide");
  await readOrderForChart(principal, orderId);
  await whenFree(orderId, async () => {
    const link = await requireLink(principal, orderId);
    const { organisationId, userId } = principal;
    const facts = { linkId: link.id, connectionId: link.connectionId };
    const asked = { organisationId, actorId: userId, subjectType: "order", subjectId: orderId, facts };
    await withOrganisation(organisationId, (tx) =>
      appendAudit(tx, { ...asked, action: "appointment.recording_deletion_asked" }),
    );
    await withAppointments(principal, link.connectionId, (source, session) =>
      source.removeRecording(session, link.visit.appointment.key),
    );
    await withOrganisation(organisationId, (tx) =>
      record(tx, principal, orderId, "appointment.recording_deleted", "recording_deleted", facts),
    );
  });
}
