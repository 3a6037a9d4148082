import { defineRoute } from "#lib/api/define-route.ts";
import { fileParamsSchema } from "#lib/api/id-params.ts";
import { respond } from "#lib/api/respond.ts";
import { removeAttachment } from "#lib/scans/remove-attachment.ts";

export const DELETE = defineRoute({
  permission: "decide",
  params: fileParamsSchema,
  handler: async ({ principal, params }) => {
    await removeAttachment(principal, params.id, params.fileId);
    return respond({ removed: params.fileId }, { status: 202 });
  },
});
