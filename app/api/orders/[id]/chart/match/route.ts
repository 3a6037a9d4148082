import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { respond } from "#lib/api/respond.ts";
import { confirmPatientBodySchema } from "#lib/documents/document-schema.ts";
import { confirmPatient, readMatch, undoMatch } from "#lib/documents/match-patient.ts";

export const GET = defineRoute({
  permission: "read",
  params: idParamsSchema,
  handler: ({ principal, params }) => readMatch(principal, params.id),
});

export const POST = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  body: confirmPatientBodySchema,
  handler: async ({ principal, params, body }) =>
    respond(await confirmPatient(principal, params.id, body), { status: 201 }),
});

export const DELETE = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  handler: async ({ principal, params }) => {
    await undoMatch(principal, params.id);
    return new Response(null, { status: 204 });
  },
});
