import type { Prisma } from "#generated/prisma/client.ts";
import type { AuditFilter } from "./audit-schema.ts";

/** The entries of one organisation that a filter means. */
export function auditCondition(organisationId: string, filter: AuditFilter): Prisma.AuditEntryWhereInput {
  return {
    organisationId,
    ...(filter.action ? { action: filter.action } : {}),
    ...(filter.actor ? { actorId: filter.actor === "system" ? null : filter.actor } : {}),
    ...(filter.subject ? { subjectId: filter.subject } : {}),
    ...(filter.from || filter.to
      ? {
          at: {
            ...(filter.from ? { gte: new Date(filter.from) } : {}),
            ...(filter.to ? { lt: new Date(filter.to) } : {}),
          },
        }
      : {}),
  };
}
