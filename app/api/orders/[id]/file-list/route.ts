import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { listOutgoing } from "#lib/files-out/list-outgoing.ts";
import { downloadQuerySchema } from "#lib/scans/scan-schema.ts";

export const GET = defineRoute({
  permission: "download",
  params: idParamsSchema,
  query: downloadQuerySchema,
  handler: ({ principal, params, query }) => listOutgoing(principal, params.id, query.format),
});
