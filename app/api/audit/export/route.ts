import { defineRoute } from "#lib/api/define-route.ts";
import { respondStream } from "#lib/api/respond-stream.ts";
import { auditFilterSchema } from "#lib/audit/audit-schema.ts";
import { exportAudit } from "#lib/audit/export-audit.ts";

export const GET = defineRoute({
  permission: "administer",
  query: auditFilterSchema,
  handler: async ({ principal, query }) =>
    respondStream(await exportAudit(principal, query), {
      type: "text/csv; charset=utf-8",
      disposition: 'attachment; filename="audit-trail.csv"',
    }),
});
