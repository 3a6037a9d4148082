import { z } from "zod";
import { defineRoute } from "#lib/api/define-route.ts";
import { respond } from "#lib/api/respond.ts";
import { readConnection } from "#lib/connections/list-connections.ts";
import { requestSync } from "#lib/connections/request-sync.ts";

export const POST = defineRoute({
  permission: "sync",
  params: z.object({ id: z.uuid() }),
  handler: async ({ principal, params }) => {
    await requestSync(principal, params.id);
    return respond(await readConnection(principal, params.id), { status: 202 });
  },
});
