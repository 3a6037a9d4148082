import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { respondObject } from "#lib/api/respond-object.ts";
import { openThumbnail } from "#lib/scans/open-thumbnail.ts";
import { thumbnailQuerySchema } from "#lib/scans/scan-schema.ts";

export const GET = defineRoute({
  permission: "read",
  params: idParamsSchema,
  query: thumbnailQuerySchema,
  handler: async ({ principal, params, query, request }) =>
    respondObject(request, await openThumbnail(principal, params.id, query.v)),
});
