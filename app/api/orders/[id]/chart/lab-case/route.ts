import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { labCaseBodySchema } from "#lib/documents/document-schema.ts";
import { readLabCaseChoices, saveLabCase } from "#lib/documents/lab-case.ts";

export const GET = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  handler: ({ principal, params }) => readLabCaseChoices(principal, params.id),
});

export const PUT = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  body: labCaseBodySchema,
  handler: ({ principal, params, body }) => saveLabCase(principal, params.id, body),
});
