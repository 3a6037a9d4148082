import { defineRoute } from "#lib/api/define-route.ts";
import { auditQuerySchema } from "#lib/audit/audit-schema.ts";
import { listAudit } from "#lib/audit/list-audit.ts";

export const GET = defineRoute({
  permission: "administer",
  query: auditQuerySchema,
  handler: ({ principal, query }) => listAudit(principal, query),
});
