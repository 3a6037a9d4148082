import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { allPages } from "#lib/vendors/open-dental/all-pages.ts";
import { EMPTY, readEndpoint, writeEndpoint } from "#lib/vendors/open-dental/config.ts";
import { localTimeText, num, numParam, numQuery, pageQuery } from "#lib/vendors/open-dental/fields.ts";
import { doneSchema, labCaseListSchema, labCaseSchema } from "#lib/vendors/open-dental/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

const LAB_CASE_NUM = z.strictObject({ LabCaseNum: numParam });

export const listLabCasesEndpoint = readEndpoint({
  name: "listLabCases",
  path: "/labcases",
  section: "LabCases GET (multiple), 24.2.28",
  query: z.strictObject({
    PatNum: numQuery,
    LaboratoryNum: numQuery,
    AptNum: numQuery,
    PlannedAptNum: numQuery,
    ProvNum: numQuery,
    ...pageQuery,
  }),
  response: labCaseListSchema,
});

export async function listLabCases(session: VendorSession, PatNum: string) {
  return allPages(
    async (page) => (await vendorFetch(session, listLabCasesEndpoint, { query: { PatNum, ...page } })).value,
  );
}

export const getLabCaseEndpoint = readEndpoint({
  name: "getLabCase",
  path: "/labcases/{LabCaseNum}",
  section: "LabCases GET (single), 24.2.28",
  params: LAB_CASE_NUM,
  response: labCaseSchema,
});

export async function getLabCase(session: VendorSession, LabCaseNum: string) {
  return (await vendorFetch(session, getLabCaseEndpoint, { params: { LabCaseNum } })).value;
}

/** 0 takes the lab case off its appointment. */
const appointment = z.number().int().min(0).max(9_999_999_999).optional();
const fields = {
  AptNum: appointment,
  PlannedAptNum: appointment,
  DateTimeDue: localTimeText.optional(),
  DateTimeCreated: localTimeText.optional(),
  DateTimeSent: localTimeText.optional(),
  DateTimeRecd: localTimeText.optional(),
  DateTimeChecked: localTimeText.optional(),
  Instructions: z.string().max(10_000).optional(),
  /** Informational, both. */
  LabFee: z.number().optional(),
  InvoiceNum: z.string().max(255).optional(),
};
const createBodySchema = z.strictObject({ PatNum: num, LaboratoryNum: num, ProvNum: num, ...fields });
const updateBodySchema = z.strictObject({ LaboratoryNum: num.optional(), ProvNum: num.optional(), ...fields });

export const createLabCaseEndpoint = writeEndpoint({
  name: "createLabCase",
  method: "POST",
  path: "/labcases",
  section: "LabCases POST, 24.4.19",
  body: createBodySchema,
  response: labCaseSchema,
  scope: "AllOthers",
  repeat: "once",
});

export async function createLabCase(session: VendorSession, body: z.input<typeof createBodySchema>) {
  return (await vendorFetch(session, createLabCaseEndpoint, { body })).value;
}

export const updateLabCaseEndpoint = writeEndpoint({
  name: "updateLabCase",
  method: "PUT",
  path: "/labcases/{LabCaseNum}",
  section: "LabCases PUT, 24.4.19",
  params: LAB_CASE_NUM,
  body: updateBodySchema,
  response: doneSchema,
  standIns: EMPTY,
  scope: "AllOthers",
  repeat: "keyed",
});

/** Fields that are left out stay as they are. */
export async function updateLabCase(
  session: VendorSession,
  LabCaseNum: string,
  body: z.input<typeof updateBodySchema>,
) {
  await vendorFetch(session, updateLabCaseEndpoint, { params: { LabCaseNum }, body });
}

export const deleteLabCaseEndpoint = writeEndpoint({
  name: "deleteLabCase",
  method: "DELETE",
  path: "/labcases/{LabCaseNum}",
  section: "LabCases DELETE, 24.4.19",
  params: LAB_CASE_NUM,
  response: doneSchema,
  standIns: EMPTY,
  scope: "AllOthers",
  repeat: "once",
});

/** Refused while a lab slip is attached to it in the practice. */
export async function deleteLabCase(session: VendorSession, LabCaseNum: string) {
  await vendorFetch(session, deleteLabCaseEndpoint, { params: { LabCaseNum } });
}
