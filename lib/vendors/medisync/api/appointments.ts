import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { allPages, pageQuery } from "#lib/vendors/medisync/all-pages.ts";
import { idParam, readEndpoint, writeEndpoint } from "#lib/vendors/medisync/config.ts";
import { appointmentSchema, one, page, written } from "#lib/vendors/medisync/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

export const listAppointmentsEndpoint = readEndpoint({
  name: "listAppointments",
  path: "/appointments/doctors",
  section: "Appointments, list doctor's appointments",
  query: pageQuery,
  response: page(appointmentSchema),
});

/** All of the signed-in doctor's. */
export async function listAppointments(session: VendorSession) {
  return allPages(async (query) => (await vendorFetch(session, listAppointmentsEndpoint, { query })).value);
}

export const getAppointmentEndpoint = readEndpoint({
  name: "getAppointment",
  path: "/appointments/get/{id}",
  section: "Appointments, get appointment details",
  params: z.strictObject({ id: idParam }),
  response: one(appointmentSchema),
});

export async function getAppointment(session: VendorSession, id: string) {
  return (await vendorFetch(session, getAppointmentEndpoint, { params: { id } })).value;
}

/**
 * The vendor's examples give a name with the practice's own day and time; what else an appointment takes is not documented, so it is
 * passed on as it is.
 */
export const addAppointmentEndpoint = writeEndpoint(
  {
    name: "addAppointment",
    method: "POST",
    path: "/appointments/add",
    section: "Appointments, create new appointment",
    body: z.looseObject({
      name: z.string().min(1).max(200).optional(),
      date: z.string().min(1).max(40).optional(),
      time: z.string().min(1).max(20).optional(),
      patient_id: idParam.optional(),
      status: z.string().max(40).optional(),
      notes: z.string().max(20_000).optional(),
      language: z.string().max(10).optional(),
      notes_type: z.string().max(60).optional(),
      appointment_type: z.string().max(60).optional(),
    }),
    response: written(appointmentSchema),
  },
  "subscription",
);
