import type { AppointmentLink } from "#generated/prisma/client.ts";
import { namesOfMembers } from "#lib/access/names-of-members.ts";
import type { Principal } from "#lib/access/principal.ts";
import type { AppointmentLinkView, VisitView } from "#lib/appointments/appointment-schema.ts";
import { visitsOfWork, warnOfDates } from "#lib/appointments/warn-of-dates.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { sealJson, unsealJson } from "#lib/crypto/seal.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { dayIn } from "#lib/day-in.ts";
import type { OrderForChart } from "#lib/documents/chart-of-order.ts";
import { AppError } from "#lib/errors.ts";
import type { Appointment, AppointmentPatient, AppointmentSource } from "#lib/vendors/appointment-source.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { findVendor } from "#lib/vendors/registry.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** What was read of a practice for one order: sealed, because it is about a patient. */
export type Visit = {
  appointment: VisitView;
  patient: { name: string; birthDate: string | null } | null;
  /** The patient's other appointments. */
  others: VisitView[];
};

/**
 * Speaks with the appointments behind a connection.
 * @throws {AppError} not_found, reconnect_needed; action_not_available when the vendor keeps none; appointment_gone {VendorError}
 */
export async function withAppointments<T>(
  principal: Principal,
  connectionId: string,
  work: (source: AppointmentSource, session: VendorSession, zone: string) => Promise<T>,
): Promise<T> {
  const { organisationId } = principal;
  const zone = await zoneOf(organisationId);
  return withSession(connectionId, organisationId, async (session, { appointments }) => {
    if (!appointments) throw new AppError("action_not_available");
    return work(appointments, session, zone);
  });
}

async function zoneOf(organisationId: string): Promise<string> {
  const { timeZone } = await withOrganisation(organisationId, (tx) =>
    tx.organisation.findUniqueOrThrow({ where: { id: organisationId }, select: { timeZone: true } }),
  );
  return timeZone;
}

/** A linked appointment that is no longer there is not "no such page". */
export function gone(error: unknown): never {
  if (error instanceof VendorError && error.kind === "not_found")
    throw new AppError("appointment_gone", error.message, { cause: error });
  throw error;
}

/** An appointment with its patient's others. Three calls at most, each of which may be repeated. */
export async function readVisit(
  source: AppointmentSource,
  session: VendorSession,
  zone: string,
  key: string,
  patient: Visit["patient"],
): Promise<{ visit: Visit; appointment: Appointment }> {
  const appointment = await source.get(session, key, zone).catch(gone);
  const { patientKey } = appointment;
  const all = patientKey ? await source.list(session, zone) : [];
  const others = all.filter((one) => one.patientKey === patientKey && one.key !== key).map(toVisit);
  return { visit: { appointment: toVisit(appointment), patient, others }, appointment };
}

export function toVisit({ key, title, kind, day, time, status }: Appointment): VisitView {
  return { key, title, kind, day, time, status };
}

export function toPatientView({ firstName, lastName, birthDate }: AppointmentPatient) {
  return { name: `${firstName} ${lastName}`.trim(), birthDate };
}

/** The appointment that an order is linked with, if it is. */
export async function findLink(tx: TenantTransaction, { organisationId }: Principal, orderId: string) {
  return tx.appointmentLink.findFirst({ where: { orderId, organisationId, undoneAt: null } });
}

/** @throws {AppError} appointment_not_linked */
export async function requireLink(principal: Principal, orderId: string): Promise<AppointmentLink & { visit: Visit }> {
  const row = await withOrganisation(principal.organisationId, (tx) => findLink(tx, principal, orderId));
  if (!row) throw new AppError("appointment_not_linked");
  return { ...row, visit: openVisit(row) };
}

const place = (organisationId: string, linkId: string) => ({
  organisationId,
  table: "appointment_links",
  column: "visit_sealed",
  row: linkId,
});

export function sealVisit(organisationId: string, linkId: string, visit: Visit) {
  return sealJson(visit, place(organisationId, linkId));
}

function openVisit({ organisationId, id, visitSealed }: AppointmentLink): Visit {
  return unsealJson(visitSealed, place(organisationId, id)) as Visit;
}

/** The day of the order where the practice is: visits up to it were for the scan. */
export function orderedOn({ receivedAt }: Pick<OrderForChart, "receivedAt">, zone: string): string {
  return dayIn(receivedAt, zone);
}

export async function toLinkView(
  tx: TenantTransaction,
  row: AppointmentLink,
  order: OrderForChart,
): Promise<AppointmentLinkView> {
  const { appointment, patient, others } = openVisit(row);
  const { organisationId } = row;
  const connection = await tx.connection.findFirst({ where: { id: row.connectionId, organisationId } });
  const organisation = await tx.organisation.findUniqueOrThrow({ where: { id: organisationId } });
  const names = await namesOfMembers(tx, [row.confirmedBy]);
  const vendor = connection?.vendor ?? "";
  const dueOn = order.dueOn?.toISOString().slice(0, 10) ?? null;
  const from = orderedOn(order, organisation.timeZone);
  const visits = visitsOfWork(appointment, others, from);
  return {
    id: row.id,
    connectionId: row.connectionId,
    vendorName: findVendor(vendor)?.name ?? vendor,
    appointment,
    patient,
    visits,
    dueOn,
    warnings: warnOfDates(visits, dueOn, from),
    readAt: row.readAt.toISOString(),
    confirmedBy: { id: row.confirmedBy, name: names.get(row.confirmedBy) ?? "" },
    confirmedAt: row.confirmedAt.toISOString(),
  };
}
