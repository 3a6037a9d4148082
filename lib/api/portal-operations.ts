import type { Operation } from "#lib/api/operation.ts";
import { auditFilterSchema, auditPageSchema, auditQuerySchema } from "#lib/audit/audit-schema.ts";

/** People, the trail, and the portal itself. */
export const PORTAL_OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/events",
    summary: "Server-sent: something changed, with ids",
    permission: "read",
    media: "text/event-stream",
  },
  {
    method: "GET",
    path: "/api/audit",
    summary: "The audit trail, newest first",
    permission: "administer",
    query: auditQuerySchema,
    response: auditPageSchema,
  },
  {
    method: "GET",
    path: "/api/audit/export",
    summary: "The audit trail as CSV, newest first",
    permission: "administer",
    query: auditFilterSchema,
    media: "text/csv",
  },
  { method: "GET", path: "/api/health/live", summary: "The process answers", permission: "public" },
  { method: "GET", path: "/api/health/ready", summary: "The process can serve", permission: "public" },
  { method: "GET", path: "/api/openapi.json", summary: "This description", permission: "public" },
];
