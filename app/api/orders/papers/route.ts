import { defineRoute } from "#lib/api/define-route.ts";
import { respondPaper } from "#lib/api/respond-paper.ts";
import { papersQuerySchema } from "#lib/papers/paper-schema.ts";
import { printPapers } from "#lib/papers/print-papers.ts";

export const GET = defineRoute({
  permission: "read",
  query: papersQuerySchema,
  handler: async ({ principal, query: { kind, ids, ...look } }) =>
    respondPaper(await printPapers(principal, kind, ids, look)),
});
