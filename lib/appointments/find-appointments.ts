import type { z } from "zod";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { orderedOn, toPatientView, toVisit, withAppointments } from "#lib/appointments/appointment-of-order.ts";
import type { AppointmentCandidate, findAppointmentsBodySchema } from "#lib/appointments/appointment-schema.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { type OrderForChart, readOrderForChart } from "#lib/documents/chart-of-order.ts";
import { namesAgree } from "#lib/documents/find-patients.ts";
import type { Appointment, AppointmentPatient } from "#lib/vendors/appointment-source.ts";

const MOST_CANDIDATES = 30;
/** An appointment this near to the day of the order may be the one of the scan, days. */
const NEAR_DAYS = 21;
const DAY_MS = 86_400_000;

/**
 * Appointments that may be an order's: those of patients whose name has the words of the order's patient (or those that were typed), the
 * nearest to the day of the order first, and the nearest of a patient whose name agrees proposed. Nothing is decided here. Audited.
 * @throws {AppError} forbidden, not_found, action_not_available, reconnect_needed {VendorError}
 */
export async function findAppointments(
  principal: Principal,
  orderId: string,
  { connection, name }: z.infer<typeof findAppointmentsBodySchema>,
): Promise<{ items: AppointmentCandidate[]; searchedFor: string | null }> {
  requirePermission(principal, "decide");
  const order = await readOrderForChart(principal, orderId);
  const wanted = name ?? searchName(order);
  const { items, count } = await withAppointments(principal, connection, async (source, session, zone) => {
    const patients = wanted ? await source.findPatients(session, wanted) : [];
    const all = wanted && patients.length === 0 && !name ? [] : await source.list(session, zone);
    const items = rank(all, patients, order, zone, wanted !== null);
    return { items, count: patients.length };
  });
  const { organisationId, userId } = principal;
  await withOrganisation(organisationId, (tx) =>
    appendAudit(tx, {
      organisationId,
      actorId: userId,
      action: "appointment.searched",
      subjectType: "order",
      subjectId: orderId,
      facts: { connectionId: connection, patients: count, found: items.length },
    }),
  );
  return { items, searchedFor: wanted };
}

/** The last word of the patient's name: practices write first names in many ways. */
function searchName({ patient }: OrderForChart): string | null {
  const words = (patient.patientName ?? "").trim().split(/\s+/).filter(Boolean);
  return words.at(-1) ?? null;
}

function rank(
  all: readonly Appointment[],
  patients: readonly AppointmentPatient[],
  order: OrderForChart,
  zone: string,
  byName: boolean,
): AppointmentCandidate[] {
  const from = orderedOn(order, zone);
  const byKey = new Map(patients.map((patient) => [patient.key, patient]));
  const candidates = all
    .filter(({ patientKey }) => !byName || (patientKey !== null && byKey.has(patientKey)))
    .map((appointment) => toCandidate(appointment, byKey.get(appointment.patientKey ?? "") ?? null, order, from))
    .sort((a, b) => Number(b.nameAgrees) - Number(a.nameAgrees) || distance(a) - distance(b));
  const [first] = candidates;
  const isProposed = first?.nameAgrees === true && distance(first) <= NEAR_DAYS;
  return candidates.slice(0, MOST_CANDIDATES).map((one) => ({ ...one, isProposed: isProposed && one === first }));
}

function toCandidate(
  appointment: Appointment,
  patient: AppointmentPatient | null,
  order: OrderForChart,
  from: string,
): AppointmentCandidate {
  const { day } = appointment;
  return {
    ...toVisit(appointment),
    patient: patient && toPatientView(patient),
    nameAgrees: patient && namesAgree(patient, order.patient),
    daysFromOrder: day === null ? null : Math.round((Date.parse(day) - Date.parse(from)) / DAY_MS),
    isProposed: false,
  };
}

function distance({ daysFromOrder }: AppointmentCandidate): number {
  return daysFromOrder === null ? Number.MAX_SAFE_INTEGER : Math.abs(daysFromOrder);
}
