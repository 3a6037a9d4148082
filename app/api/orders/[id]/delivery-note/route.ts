import { defineRoute } from "#lib/api/define-route.ts";
import { idParamsSchema } from "#lib/api/id-params.ts";
import { respondPaper } from "#lib/api/respond-paper.ts";
import { paperQuerySchema } from "#lib/papers/paper-schema.ts";
import { printPapers } from "#lib/papers/print-papers.ts";

export const GET = defineRoute({
  permission: "read",
  params: idParamsSchema,
  query: paperQuerySchema,
  handler: async ({ principal, params, query }) =>
    respondPaper(await printPapers(principal, "delivery_note", [params.id], query)),
});
