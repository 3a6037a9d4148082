import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { undoDecision } from "#lib/decisions/undo-decision.ts";

export const POST = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  handler: ({ principal, params }) => undoDecision(principal, params.id),
});
