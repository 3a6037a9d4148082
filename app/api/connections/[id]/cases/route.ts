import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { searchCasesQuerySchema } from "#lib/cases/case-schema.ts";
import { searchCases } from "#lib/cases/search-cases.ts";

export const GET = defineRoute({
  permission: "read",
  params: idParamsSchema,
  query: searchCasesQuerySchema,
  handler: ({ principal, params, query }) => searchCases(principal, params.id, query),
});
