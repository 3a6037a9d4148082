import { defineRoute } from "#lib/api/define-route.ts";
import { respond } from "#lib/api/respond.ts";
import { createConnectionBodySchema } from "#lib/connections/connection-schema.ts";
import { createConnection } from "#lib/connections/create-connection.ts";
import { listConnections } from "#lib/connections/list-connections.ts";

export const GET = defineRoute({ permission: "read", handler: ({ principal }) => listConnections(principal) });

export const POST = defineRoute({
  permission: "connect",
  body: createConnectionBodySchema,
  handler: async ({ principal, body }) => respond(await createConnection(principal, body), { status: 201 }),
});
