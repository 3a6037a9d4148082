import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { readEndpoint } from "#lib/vendors/open-dental/config.ts";
import { localDayText, localTimeText, numParam, numQuery, pageQuery } from "#lib/vendors/open-dental/fields.ts";
import { patientListSchema, patientSchema } from "#lib/vendors/open-dental/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor.ts";

const name = z.string().min(1).max(100).optional();
const searchQuerySchema = z.strictObject({
  LName: name,
  FName: name,
  Birthdate: localDayText.optional(),
  ChartNumber: name,
  hideInactive: z.enum(["true", "false"]).optional(),
  ...pageQuery,
});

export const searchPatientsEndpoint = readEndpoint({
  name: "searchPatients",
  path: "/patients",
  section: "Patients GET (multiple)",
  query: searchQuerySchema,
  response: patientListSchema,
});

/** "Patients GET (multiple)": parts of names, in any case; the first hundred. */
export async function searchPatients(session: VendorSession, query: z.input<typeof searchQuerySchema>) {
  return (await vendorFetch(session, searchPatientsEndpoint, { query: searchQuerySchema.parse(query) })).value;
}

const simpleQuerySchema = z.strictObject({
  LName: name,
  FName: name,
  Birthdate: localDayText.optional(),
  ClinicNum: numQuery,
  PatStatus: name,
  DateTStamp: localTimeText.optional(),
  PriProv: numQuery,
  ...pageQuery,
});

export const listPatientsSimpleEndpoint = readEndpoint({
  name: "listPatientsSimple",
  path: "/patients/Simple",
  section: "Patients GET Simple",
  query: simpleQuerySchema,
  response: patientListSchema,
});

export async function listPatientsSimple(session: VendorSession, query: z.input<typeof simpleQuerySchema>) {
  return (await vendorFetch(session, listPatientsSimpleEndpoint, { query: simpleQuerySchema.parse(query) })).value;
}

export const getPatientEndpoint = readEndpoint({
  name: "getPatient",
  path: "/patients/{PatNum}",
  section: "Patients GET (single)",
  params: z.strictObject({ PatNum: numParam }),
  response: patientSchema,
});

export async function getPatient(session: VendorSession, PatNum: string) {
  return (await vendorFetch(session, getPatientEndpoint, { params: { PatNum } })).value;
}
