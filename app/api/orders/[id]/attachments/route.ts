import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { readUploadedFile } from "#lib/api/read-uploaded-file.ts";
import { respond } from "#lib/api/respond.ts";
import { listUploads, requestUpload } from "#lib/scans/request-upload.ts";

/** Files on their way to the vendor, newest first. */
export const GET = defineRoute({
  permission: "read",
  params: idParamsSchema,
  handler: ({ principal, params }) => listUploads(principal, params.id),
});

export const POST = defineRoute({
  permission: "decide",
  params: idParamsSchema,
  handler: async ({ principal, params, request }) => {
    const file = await readUploadedFile(request);
    return respond({ upload: await requestUpload(principal, params.id, file) }, { status: 202 });
  },
});
