import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { EMPTY, readEndpoint, writeEndpoint } from "#lib/vendors/open-dental/config.ts";
import { localDayText, localTimeText, num, numParam, numQuery, pageQuery } from "#lib/vendors/open-dental/fields.ts";
import { doneSchema, patientListSchema, patientSchema } from "#lib/vendors/open-dental/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

const name = z.string().min(1).max(100).optional();
const flag = z.enum(["true", "false"]).optional();
const searchQuerySchema = z.strictObject({
  LName: name,
  FName: name,
  Birthdate: localDayText.optional(),
  ChartNumber: name,
  Phone: name,
  Address: name,
  City: name,
  State: name,
  Country: name,
  Email: name,
  SSN: name,
  SubscriberId: name,
  SiteNum: numQuery,
  clinicNums: name,
  clinicAbbr: name,
  invoiceNumber: name,
  hideInactive: flag,
  guarOnly: flag,
  showArchived: flag,
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
  Gender: name,
  Position: name,
  Guarantor: numQuery,
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

const patientFields = {
  Preferred: name,
  Birthdate: localDayText.optional(),
  Gender: z.enum(["Male", "Female", "Unknown", "Other"]).optional(),
  PatStatus: name,
  ChartNumber: z.string().max(15).optional(),
  Email: z.string().max(255).optional(),
  WirelessPhone: z.string().max(30).optional(),
  PriProv: num.optional(),
  ClinicNum: z.number().int().min(0).optional(),
};
/** A patient has many more fields; those that we do not know are passed on as they are. */
const anyField = z.union([z.string().max(4_000), z.number(), z.boolean()]);
const fullName = z.string().min(1).max(100);
const createBodySchema = z.object({ LName: fullName, FName: fullName, ...patientFields }).catchall(anyField);
const updateBodySchema = z.object({ LName: name, FName: name, ...patientFields }).catchall(anyField);

export const createPatientEndpoint = writeEndpoint({
  name: "createPatient",
  method: "POST",
  path: "/patients",
  section: "Patients POST",
  body: createBodySchema,
  response: patientSchema,
  scope: "Patients",
  repeat: "once",
});

/** "Patients POST": the practice refuses a patient of the same name and birth date. */
export async function createPatient(session: VendorSession, body: z.input<typeof createBodySchema>) {
  return (await vendorFetch(session, createPatientEndpoint, { body })).value;
}

export const updatePatientEndpoint = writeEndpoint({
  name: "updatePatient",
  method: "PUT",
  path: "/patients/{PatNum}",
  section: "Patients PUT",
  params: z.strictObject({ PatNum: numParam }),
  body: updateBodySchema,
  response: doneSchema,
  standIns: EMPTY,
  scope: "Patients",
  repeat: "keyed",
});

/** Fields that are left out stay as they are. */
export async function updatePatient(session: VendorSession, PatNum: string, body: z.input<typeof updateBodySchema>) {
  await vendorFetch(session, updatePatientEndpoint, { params: { PatNum }, body });
}
