import { defineRoute } from "#lib/api/define-route.ts";
import { fileParamsSchema } from "#lib/api/id-params.ts";
import { respondObject } from "#lib/api/respond-object.ts";
import { openAttachment } from "#lib/scans/open-attachment.ts";
import { contentDisposition } from "#lib/scans/safe-file-name.ts";

/** Never shown in the page itself: whatever it is, it is saved. */
export const GET = defineRoute({
  permission: "download",
  params: fileParamsSchema,
  handler: async ({ principal, params, request }) => {
    const { sha256, name } = await openAttachment(principal, params.id, params.fileId);
    const disposition = contentDisposition("attachment", name);
    return respondObject(request, { sha256, type: "application/octet-stream", disposition });
  },
});
