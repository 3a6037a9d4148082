import { z } from "zod";
import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { getCase } from "#lib/cases/search-cases.ts";

export const GET = defineRoute({
  permission: "read",
  params: idParamsSchema.extend({ key: z.string().regex(/^[\w-]{1,100}$/) }),
  handler: ({ principal, params }) => getCase(principal, params.id, params.key),
});
