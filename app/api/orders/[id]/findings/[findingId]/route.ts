import { z } from "zod";
import { defineRoute } from "#lib/api/define-route.ts";
import { changeFinding, removeFinding } from "#lib/findings/change-finding.ts";
import { changeFindingBodySchema } from "#lib/findings/finding-schema.ts";

const paramsSchema = z.object({ id: z.uuid(), findingId: z.uuid() });

export const PATCH = defineRoute({
  permission: "decide",
  params: paramsSchema,
  body: changeFindingBodySchema,
  handler: ({ principal, params, body }) => changeFinding(principal, params.id, params.findingId, body),
});

export const DELETE = defineRoute({
  permission: "decide",
  params: paramsSchema,
  handler: async ({ principal, params }) => {
    await removeFinding(principal, params.id, params.findingId);
    return new Response(null, { status: 204 });
  },
});
