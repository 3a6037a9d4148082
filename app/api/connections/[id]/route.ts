import { z } from "zod";
import { defineRoute } from "#lib/api/define-route.ts";
import { readConnection } from "#lib/connections/list-connections.ts";
import { removeConnection } from "#lib/connections/remove-connection.ts";

const params = z.object({ id: z.uuid() });

export const GET = defineRoute({
  permission: "read",
  params,
  handler: ({ principal, params }) => readConnection(principal, params.id),
});

export const DELETE = defineRoute({
  permission: "connect",
  params,
  handler: async ({ principal, params }) => {
    await removeConnection(principal, params.id);
    return new Response(null, { status: 204 });
  },
});
