import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { respondObject } from "#lib/api/respond-object.ts";
import { openOrderForm } from "#lib/scans/open-order-form.ts";
import { contentDisposition } from "#lib/scans/safe-file-name.ts";

export const GET = defineRoute({
  permission: "read",
  params: idParamsSchema,
  handler: async ({ principal, params, request }) => {
    const { sha256, name } = await openOrderForm(principal, params.id);
    return respondObject(request, { sha256, type: "application/pdf", disposition: contentDisposition("inline", name) });
  },
});
