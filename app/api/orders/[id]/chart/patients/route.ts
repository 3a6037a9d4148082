import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { findPatientsBodySchema } from "#lib/documents/document-schema.ts";
import { findPatients } from "#lib/documents/find-patients.ts";

/** Who of the practice's patients it may be: a search by POST, because names do not belong into addresses. */
export const POST = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  body: findPatientsBodySchema,
  handler: ({ principal, params, body }) => findPatients(principal, params.id, body),
});
