import { defineRoute } from "#lib/api/define-route.ts";
import { respondStream } from "#lib/api/respond-stream.ts";
import { downloadOrders, downloadOrdersSchema } from "#lib/files-out/download-orders.ts";
import { contentDisposition } from "#lib/scans/safe-file-name.ts";

export const GET = defineRoute({
  permission: "download",
  query: downloadOrdersSchema,
  handler: async ({ principal, query }) => {
    const { name, stream } = await downloadOrders(principal, query.ids, query.format);
    return respondStream(stream, { type: "application/zip", disposition: contentDisposition("attachment", name) });
  },
});

/** The same for more orders than an address holds. */
export const POST = defineRoute({
  permission: "download",
  body: downloadOrdersSchema,
  handler: async ({ principal, body }) => {
    const { name, stream } = await downloadOrders(principal, body.ids, body.format);
    return respondStream(stream, { type: "application/zip", disposition: contentDisposition("attachment", name) });
  },
});
