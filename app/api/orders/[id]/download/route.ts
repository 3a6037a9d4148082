import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { respondStream } from "#lib/api/respond-stream.ts";
import { downloadOrder } from "#lib/files-out/download-order.ts";
import { contentDisposition } from "#lib/scans/safe-file-name.ts";
import { downloadQuerySchema } from "#lib/scans/scan-schema.ts";

export const GET = defineRoute({
  permission: "download",
  params: idParamsSchema,
  query: downloadQuerySchema,
  handler: async ({ principal, params, query }) => {
    const { name, stream } = await downloadOrder(principal, params.id, query.format);
    return respondStream(stream, { type: "application/zip", disposition: contentDisposition("attachment", name) });
  },
});
