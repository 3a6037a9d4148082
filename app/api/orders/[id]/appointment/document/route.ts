import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { respond } from "#lib/api/respond.ts";
import { sendDocumentBodySchema } from "#lib/appointments/appointment-schema.ts";
import { sendDocument } from "#lib/appointments/send-document.ts";

export const POST = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  body: sendDocumentBodySchema,
  handler: async ({ principal, params, body }) =>
    respond(await sendDocument(principal, params.id, body), { status: 201 }),
});
