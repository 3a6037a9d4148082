import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { idParam, readEndpoint, writeEndpoint } from "#lib/vendors/medisync/config.ts";
import { page, patientSchema, written } from "#lib/vendors/medisync/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

const line = z.string().max(200).optional();
const fields = {
  dateOfBirth: z.iso.date().optional(),
  address: z.strictObject({ street: line, city: line, state: line, zipCode: line, country: line }).optional(),
  insurance: z.strictObject({ provider: line, policyNumber: line }).optional(),
  medicalHistory: z.unknown().optional(),
  currentMedications: z.unknown().optional(),
  contact: z.strictObject({ phone: line, email: line }).optional(),
};
const name = z.string().trim().min(1).max(100);

export const searchPatientsEndpoint = readEndpoint({
  name: "searchPatients",
  path: "/patients/search",
  section: "Patients, search patients",
  query: z.strictObject({ query: z.string().trim().min(1).max(200) }),
  response: page(patientSchema),
});

export async function searchPatients(session: VendorSession, query: string) {
  return (await vendorFetch(session, searchPatientsEndpoint, { query: { query } })).value.rows;
}

export const addPatientEndpoint = writeEndpoint({
  name: "addPatient",
  method: "POST",
  path: "/patients/add",
  section: "Patients, add new patient",
  body: z.strictObject({ firstName: name, lastName: name, ...fields }),
  response: written(patientSchema),
});

export const updatePatientEndpoint = writeEndpoint({
  name: "updatePatient",
  method: "PUT",
  path: "/patients/{id}",
  section: "Patients, update patient info",
  params: z.strictObject({ id: idParam }),
  body: z.strictObject({ firstName: name.optional(), lastName: name.optional(), ...fields }),
  response: written(patientSchema),
});
