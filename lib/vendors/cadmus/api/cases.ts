import { z } from "zod";
import { cadmusEndpoint } from "#lib/vendors/cadmus/config.ts";
import { casePageSchema } from "#lib/vendors/cadmus/schemas.ts";
import { vendorFetch } from "#lib/vendors/http.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** "Supported query parameters". Days of createdAt, both included, taken as UTC. */
const listCasesQuerySchema = z.strictObject({
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(20),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});

export const listCasesEndpoint = cadmusEndpoint({
  name: "listCases",
  method: "GET",
  path: "/unified-cases",
  section: "Retrieving orders",
  query: listCasesQuerySchema,
  response: casePageSchema,
  repeat: "read",
  permission: "read",
});

/** "Retrieving orders": one page, 1-based. */
export async function listCases(session: VendorSession, query: z.input<typeof listCasesQuerySchema>) {
  return (await vendorFetch(session, listCasesEndpoint, { query: listCasesQuerySchema.parse(query) })).value;
}
