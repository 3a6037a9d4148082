import { z } from "zod";
import { AUDIT_ACTIONS } from "./audit-actions.ts";

/** Which entries are meant. Absent: all. */
export const auditFilterSchema = z.object({
  action: z.enum(AUDIT_ACTIONS).optional(),
  /** A member, or "system" for what the portal did itself. */
  actor: z.union([z.uuid(), z.literal("system")]).optional(),
  /** An id: of an order, a connection, a member … */
  subject: z.string().trim().min(1).max(80).optional(),
  /** UTC, inclusive. */
  from: z.iso.datetime({ offset: true }).optional(),
  /** UTC, exclusive. */
  to: z.iso.datetime({ offset: true }).optional(),
});

export const auditQuerySchema = auditFilterSchema.extend({
  /** seq of the last entry seen. */
  before: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const auditEntrySchema = z.object({
  seq: z.string(),
  at: z.string(),
  actor: z.object({ id: z.string(), name: z.string() }).nullable(),
  action: z.string(),
  subjectType: z.string(),
  subjectId: z.string(),
  /** Ids, codes and counts; never patient data. */
  facts: z.record(z.string(), z.unknown()),
});

export const auditPageSchema = z.object({ items: z.array(auditEntrySchema), nextBefore: z.string().nullable() });

export type AuditFilter = z.infer<typeof auditFilterSchema>;
export type AuditQuery = z.infer<typeof auditQuerySchema>;
export type AuditEntryView = z.infer<typeof auditEntrySchema>;
export type AuditPage = z.infer<typeof auditPageSchema>;
