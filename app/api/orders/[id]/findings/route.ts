import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { respond } from "#lib/api/respond.ts";
import { createFinding } from "#lib/findings/create-finding.ts";
import { createFindingBodySchema } from "#lib/findings/finding-schema.ts";
import { listFindings } from "#lib/findings/list-findings.ts";

export const GET = defineRoute({
  permission: "read",
  params: idParamsSchema,
  handler: ({ principal, params }) => listFindings(principal, params.id),
});

export const POST = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  body: createFindingBodySchema,
  handler: async ({ principal, params, body }) =>
    respond(await createFinding(principal, params.id, body), { status: 201 }),
});
