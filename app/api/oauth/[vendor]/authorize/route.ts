import { z } from "zod";
import { defineRoute } from "#lib/api/define-route.ts";
import { redirectTo } from "#lib/api/redirect-to.ts";
import { startConnection } from "#lib/connections/start-connection.ts";

export const GET = defineRoute({
  permission: "connect",
  params: z.object({ vendor: z.string().min(1).max(40) }),
  query: z.object({ connection: z.uuid().optional() }),
  handler: async ({ principal, params, query }) =>
    redirectTo(await startConnection(principal, params.vendor, query.connection ?? null)),
});
