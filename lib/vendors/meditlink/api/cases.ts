import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { LATEST, meditlinkEndpoint } from "#lib/vendors/meditlink/config.ts";
import { caseParamsSchema, caseSchema, EMPTY_PAGE, pageSchema } from "#lib/vendors/meditlink/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** §3.3.1. `start` and `end` are epoch ms of dateCreated; `name` finds equal names only. */
const searchCasesQuerySchema = z.strictObject({
  size: z.coerce.number().int().min(1).max(1000).default(20),
  page: z.coerce.number().int().min(0).default(0),
  start: z.coerce.number().int().min(0).optional(),
  end: z.coerce.number().int().min(0).optional(),
  name: z.string().max(500).optional(),
  status: z.string().max(60).optional(),
  patientCode: z.string().max(200).optional(),
});

export const searchCasesEndpoint = meditlinkEndpoint({
  name: "searchCases",
  feature: "cases",
  method: "GET",
  path: "/v1/cases/search",
  section: "3.3.1",
  fixedQuery: LATEST,
  query: searchCasesQuerySchema,
  response: pageSchema,
  standIns: { 204: EMPTY_PAGE },
  scope: "CASE",
  repeat: "read",
  group: true,
  permission: "read",
});

/** §3.3.1: one page of the group's cases, 0-based; no match is an empty page. */
export async function searchCases(session: VendorSession, query: z.input<typeof searchCasesQuerySchema>) {
  return (await vendorFetch(session, searchCasesEndpoint, { query: searchCasesQuerySchema.parse(query) })).value;
}

export const getCaseEndpoint = meditlinkEndpoint({
  name: "getCase",
  method: "GET",
  path: "/v1/cases/{caseUuid}",
  section: "3.3.2",
  params: caseParamsSchema,
  fixedQuery: LATEST,
  response: caseSchema,
  scope: "CASE",
  repeat: "read",
  group: true,
  permission: "read",
});

/** §3.3.2: a case with files, form information, bite groups and bridges. */
export async function getCase(session: VendorSession, caseUuid: string) {
  return (await vendorFetch(session, getCaseEndpoint, { params: { caseUuid } })).value;
}
