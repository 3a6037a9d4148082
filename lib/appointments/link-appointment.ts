import type { z } from "zod";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import {
  findLink,
  readVisit,
  sealVisit,
  toLinkView,
  toPatientView,
  withAppointments,
} from "#lib/appointments/appointment-of-order.ts";
import type { AppointmentLinkView, linkAppointmentBodySchema } from "#lib/appointments/appointment-schema.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { newId } from "#lib/database/new-id.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { type OrderForChart, readOrderForChart } from "#lib/documents/chart-of-order.ts";
import { record } from "#lib/documents/match-patient.ts";
import { AppError } from "#lib/errors.ts";
import type { AppointmentSource } from "#lib/vendors/appointment-source.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/**
 * Keeps which appointment of the practice an order belongs to, as a person confirmed it, with the visits that follow it.
 * @throws {AppError} forbidden, not_found, appointment_gone; action_not_available when one is linked already {VendorError}
 */
export async function linkAppointment(
  principal: Principal,
  orderId: string,
  { connection: connectionId, appointmentKey }: z.infer<typeof linkAppointmentBodySchema>,
  clock: Clock = systemClock,
): Promise<AppointmentLinkView> {
  requirePermission(principal, "decide");
  const order = await readOrderForChart(principal, orderId);
  const { visit } = await withAppointments(principal, connectionId, async (source, session, zone) => {
    const read = await readVisit(source, session, zone, appointmentKey, null);
    const patient = await findPatient(source, session, order, read.appointment.patientKey);
    return { visit: { ...read.visit, patient } };
  });
  const { organisationId, userId } = principal;
  const id = newId();
  const at = clock.now();
  return withOrganisation(organisationId, async (tx) => {
    const visitSealed = sealVisit(organisationId, id, visit);
    const row = {
      id,
      organisationId,
      orderId,
      connectionId,
      visitSealed,
      readAt: at,
      confirmedBy: userId,
      confirmedAt: at,
    };
    const { count } = await tx.appointmentLink.createMany({ data: [row], skipDuplicates: true });
    if (count === 0) throw new AppError("action_not_available", "an appointment is linked already");
    await record(tx, principal, orderId, "appointment.linked", "appointment_linked", { linkId: id, connectionId });
    return toLinkView(tx, await tx.appointmentLink.findUniqueOrThrow({ where: { id } }), order);
  });
}

/** Who the appointment is for, where the practice finds the patient by the order's name. */
async function findPatient(
  source: AppointmentSource,
  session: VendorSession,
  order: OrderForChart,
  key: string | null,
) {
  const name = (order.patient.patientName ?? "").trim().split(/\s+/).at(-1);
  if (!key || !name) return null;
  const found = (await source.findPatients(session, name)).find((one) => one.key === key);
  return found ? toPatientView(found) : null;
}

/**
 * Takes a link back. At the practice nothing changes: what was sent there stays there.
 * @throws {AppError} forbidden, not_found, appointment_not_linked
 */
export async function unlinkAppointment(
  principal: Principal,
  orderId: string,
  clock: Clock = systemClock,
): Promise<void> {
  requirePermission(principal, "decide");
  await readOrderForChart(principal, orderId);
  const { organisationId } = principal;
  await withOrganisation(organisationId, async (tx) => {
    const link = await findLink(tx, principal, orderId);
    if (!link) throw new AppError("appointment_not_linked");
    await tx.appointmentLink.update({ where: { id: link.id, organisationId }, data: { undoneAt: clock.now() } });
    await record(tx, principal, orderId, "appointment.unlinked", "appointment_unlinked", { linkId: link.id });
  });
}
