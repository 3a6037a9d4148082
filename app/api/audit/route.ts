import { z } from "zod";
import { defineRoute } from "#lib/api/define-route.ts";
import { listAudit } from "#lib/audit/list-audit.ts";

const query = z.object({
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  action: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const GET = defineRoute({
  permission: "administer",
  query,
  handler: ({ principal, query }) => listAudit(principal, query),
});
