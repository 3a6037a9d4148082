import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { respondObject } from "#lib/api/respond-object.ts";
import { respondPaper } from "#lib/api/respond-paper.ts";
import { findOrderForm } from "#lib/papers/find-order-form.ts";
import { contentDisposition } from "#lib/scans/safe-file-name.ts";

export const GET = defineRoute({
  permission: "read",
  params: idParamsSchema,
  handler: async ({ principal, params, request }) => {
    const form = await findOrderForm(principal, params.id);
    if ("bytes" in form) return respondPaper(form);
    const { sha256, name } = form;
    return respondObject(request, { sha256, type: "application/pdf", disposition: contentDisposition("inline", name) });
  },
});
