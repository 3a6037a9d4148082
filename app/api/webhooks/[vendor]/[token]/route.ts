import { z } from "zod";
import { defineRoute } from "#lib/api/define-route.ts";
import { takeWebhook } from "#lib/scans/webhook-token.ts";

const paramsSchema = z.object({ vendor: z.string().max(40), token: z.string().min(20).max(200) });

/** A vendor calls back: a hint that wakes a job. What it sends is not read. */
export const POST = defineRoute({
  permission: "public",
  params: paramsSchema,
  handler: async ({ params }) => {
    await takeWebhook(params.vendor, params.token);
    return new Response(null, { status: 204 });
  },
});
