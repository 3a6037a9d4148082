import { defineRoute } from "#lib/api/define-route.ts";
import { changeReason } from "#lib/reasons/change-reasons.ts";
import { changeReasonBodySchema, reasonParamsSchema } from "#lib/reasons/reason-schema.ts";

export const PATCH = defineRoute({
  permission: "administer",
  params: reasonParamsSchema,
  body: changeReasonBodySchema,
  handler: ({ principal, params, body }) => changeReason(principal, params.code, body),
});
