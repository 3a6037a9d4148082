import { z } from "zod";
import { defineRoute } from "#lib/api/define-route.ts";
import { redirectTo } from "#lib/api/redirect-to.ts";
import { finishConnection } from "#lib/connections/finish-connection.ts";

/** Public: whoever comes back without a session gets a page with a sentence, not a JSON refusal. */
export const GET = defineRoute({
  permission: "public",
  params: z.object({ vendor: z.string().min(1).max(40) }),
  handler: async ({ principal, params, request }) =>
    redirectTo(await finishConnection(principal, params.vendor, new URL(request.url).searchParams)),
});
