import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { allPages } from "#lib/vendors/open-dental/all-pages.ts";
import { EMPTY, readEndpoint, writeEndpoint } from "#lib/vendors/open-dental/config.ts";
import { num, numParam, numQuery, pageQuery } from "#lib/vendors/open-dental/fields.ts";
import {
  doneSchema,
  laboratoryListSchema,
  laboratorySchema,
  labTurnaroundListSchema,
  labTurnaroundSchema,
} from "#lib/vendors/open-dental/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** "API Laboratories" and "API LabTurnarounds" of the vendor's site: the labs a practice works with, and how long they take. */

const LABORATORY_NUM = z.strictObject({ LaboratoryNum: numParam });
const LAB_TURNAROUND_NUM = z.strictObject({ LabTurnaroundNum: numParam });
const line = z.string().max(255).optional();
const days = z.number().int().min(0).max(3650);

export const listLaboratoriesEndpoint = readEndpoint({
  name: "listLaboratories",
  path: "/laboratories",
  section: "Laboratories GET (multiple), 24.2.33",
  query: z.strictObject(pageQuery),
  response: laboratoryListSchema,
});

export async function listLaboratories(session: VendorSession) {
  return allPages(async (query) => (await vendorFetch(session, listLaboratoriesEndpoint, { query })).value);
}

export const getLaboratoryEndpoint = readEndpoint({
  name: "getLaboratory",
  path: "/laboratories/{LaboratoryNum}",
  section: "Laboratories GET (single), 24.2.33",
  params: LABORATORY_NUM,
  response: laboratorySchema,
});

export async function getLaboratory(session: VendorSession, LaboratoryNum: string) {
  return (await vendorFetch(session, getLaboratoryEndpoint, { params: { LaboratoryNum } })).value;
}

const laboratoryFields = {
  Phone: line,
  Notes: z.string().max(10_000).optional(),
  /** Number of the lab slip's sheet; 0 is the practice's own. */
  Slip: z.number().int().min(0).optional(),
  Address: line,
  City: line,
  State: line,
  Zip: line,
  Email: line,
  WirelessPhone: line,
  IsHidden: z.enum(["true", "false"]).optional(),
};
const createLaboratoryBody = z.strictObject({ Description: z.string().min(1).max(255), ...laboratoryFields });
const updateLaboratoryBody = z.strictObject({ Description: line, ...laboratoryFields });

export const createLaboratoryEndpoint = writeEndpoint({
  name: "createLaboratory",
  method: "POST",
  path: "/laboratories",
  section: "Laboratories POST, 24.4.22",
  body: createLaboratoryBody,
  response: laboratorySchema,
  scope: "AllOthers",
  repeat: "once",
});

export async function createLaboratory(session: VendorSession, body: z.input<typeof createLaboratoryBody>) {
  return (await vendorFetch(session, createLaboratoryEndpoint, { body })).value;
}

export const updateLaboratoryEndpoint = writeEndpoint({
  name: "updateLaboratory",
  method: "PUT",
  path: "/laboratories/{LaboratoryNum}",
  section: "Laboratories PUT, 24.4.23",
  params: LABORATORY_NUM,
  body: updateLaboratoryBody,
  response: doneSchema,
  standIns: EMPTY,
  scope: "AllOthers",
  repeat: "keyed",
});

/** Fields that are left out stay as they are. */
export async function updateLaboratory(
  session: VendorSession,
  LaboratoryNum: string,
  body: z.input<typeof updateLaboratoryBody>,
) {
  await vendorFetch(session, updateLaboratoryEndpoint, { params: { LaboratoryNum }, body });
}

export const listLabTurnaroundsEndpoint = readEndpoint({
  name: "listLabTurnarounds",
  path: "/labturnarounds",
  section: "LabTurnarounds GET (multiple), 24.2.29",
  query: z.strictObject({ LaboratoryNum: numQuery, ...pageQuery }),
  response: labTurnaroundListSchema,
});

/** Days that a lab's kinds of work take, as the practice counts them. */
export async function listLabTurnarounds(session: VendorSession, LaboratoryNum: string) {
  return (await vendorFetch(session, listLabTurnaroundsEndpoint, { query: { LaboratoryNum } })).value;
}

export const getLabTurnaroundEndpoint = readEndpoint({
  name: "getLabTurnaround",
  path: "/labturnarounds/{LabTurnaroundNum}",
  section: "LabTurnarounds GET (single), 24.2.29",
  params: LAB_TURNAROUND_NUM,
  response: labTurnaroundSchema,
});

export async function getLabTurnaround(session: VendorSession, LabTurnaroundNum: string) {
  return (await vendorFetch(session, getLabTurnaroundEndpoint, { params: { LabTurnaroundNum } })).value;
}

const createTurnaroundBody = z.strictObject({
  LaboratoryNum: num,
  Description: z.string().min(1).max(255),
  DaysActual: days,
  DaysPublished: days.optional(),
});
const updateTurnaroundBody = z.strictObject({
  LaboratoryNum: num.optional(),
  Description: line,
  DaysActual: days.optional(),
  DaysPublished: days.optional(),
});

export const createLabTurnaroundEndpoint = writeEndpoint({
  name: "createLabTurnaround",
  method: "POST",
  path: "/labturnarounds",
  section: "LabTurnarounds POST, 24.4.13",
  body: createTurnaroundBody,
  response: labTurnaroundSchema,
  scope: "AllOthers",
  repeat: "once",
});

export async function createLabTurnaround(session: VendorSession, body: z.input<typeof createTurnaroundBody>) {
  return (await vendorFetch(session, createLabTurnaroundEndpoint, { body })).value;
}

export const updateLabTurnaroundEndpoint = writeEndpoint({
  name: "updateLabTurnaround",
  method: "PUT",
  path: "/labturnarounds/{LabTurnaroundNum}",
  section: "LabTurnarounds PUT, 24.4.13",
  params: LAB_TURNAROUND_NUM,
  body: updateTurnaroundBody,
  response: doneSchema,
  standIns: EMPTY,
  scope: "AllOthers",
  repeat: "keyed",
});

/** Fields that are left out stay as they are. */
export async function updateLabTurnaround(
  session: VendorSession,
  LabTurnaroundNum: string,
  body: z.input<typeof updateTurnaroundBody>,
) {
  await vendorFetch(session, updateLabTurnaroundEndpoint, { params: { LabTurnaroundNum }, body });
}
