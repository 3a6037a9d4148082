import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { respondCasePreview } from "#lib/api/respond-case-preview.ts";
import { openCasePreview } from "#lib/scans/open-case-preview.ts";
import { casePreviewQuerySchema } from "#lib/scans/scan-schema.ts";

export const GET = defineRoute({
  permission: "read",
  params: idParamsSchema,
  query: casePreviewQuerySchema,
  handler: async ({ principal, params, query, request }) =>
    respondCasePreview(request, await openCasePreview(principal, params.id, query.scans), query.scans !== undefined),
});
