import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { respondObject } from "#lib/api/respond-object.ts";
import { respondStream } from "#lib/api/respond-stream.ts";
import { downloadScan } from "#lib/scans/download-scan.ts";
import { contentDisposition } from "#lib/scans/safe-file-name.ts";
import { downloadQuerySchema } from "#lib/scans/scan-schema.ts";

export const GET = defineRoute({
  permission: "download",
  params: idParamsSchema,
  query: downloadQuerySchema,
  handler: async ({ principal, params, query, request }) => {
    const file = await downloadScan(principal, params.id, query.format);
    const disposition = contentDisposition("attachment", file.name);
    if ("sha256" in file) return respondObject(request, { ...file, disposition });
    return respondStream(file.exported.stream, { type: file.type, disposition, bytes: file.exported.bytes });
  },
});
