import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { respondObject } from "#lib/api/respond-object.ts";
import { openPreview } from "#lib/scans/open-preview.ts";
import { previewQuerySchema } from "#lib/scans/scan-schema.ts";

/** A vendor's file never changes, so neither does its preview. */
export const GET = defineRoute({
  permission: "read",
  params: idParamsSchema,
  query: previewQuerySchema,
  handler: async ({ principal, params, query, request }) =>
    respondObject(request, {
      ...(await openPreview(principal, params.id, query.detail)),
      type: "model/gltf-binary",
      cacheControl: "private, max-age=31536000, immutable",
    }),
});
