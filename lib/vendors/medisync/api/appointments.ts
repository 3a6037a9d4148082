import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { allPages, pageQuery } from "#lib/vendors/medisync/all-pages.ts";
import { idParam, readEndpoint, writeEndpoint } from "#lib/vendors/medisync/config.ts";
import { appointmentSchema, one, page } from "#lib/vendors/medisync/schemas.ts";
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

/** Local day and time of the practice; the status is "recording" unless it is planned. */
export const addAppointmentEndpoint = writeEndpoint(
  {
    name: "addAppointment",
    method: "POST",
    path: "/appointments/add",
    section: "Appointments, create new appointment",
    body: z.looseObject({
      name: z.string().min(1).max(200),
      date: z.iso.date(),
      time: z.string().regex(/^\d{2}:\d{2}$/),
      patient_id: idParam.optional(),
      status: z.enum(["planned", "recording"]).optional(),
      notes: z.string().max(20_000).optional(),
      language: z.string().max(10).optional(),
      notes_type: z.string().max(60).optional(),
      appointment_type: z.string().max(60).optional(),
    }),
    response: one(appointmentSchema),
  },
  "subscription",
);
