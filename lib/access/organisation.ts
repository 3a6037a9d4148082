import { z } from "zod";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { LONGEST_TEMPLATE, unknownTokens } from "#lib/files-out/name-template.ts";
import { TIME_ZONES } from "#lib/time-zones.ts";

export const changeOrganisationBodySchema = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  timeZone: z
    .string()
    .refine((zone) => TIME_ZONES.includes(zone), "is no time zone")
    .optional(),
  /** How files are named on their way out (lib/files-out/name-template.ts); null: as the scanner named them. */
  fileNameTemplate: z
    .string()
    .trim()
    .min(1)
    .max(LONGEST_TEMPLATE)
    .refine((template) => unknownTokens(template).length === 0, "names a token that there is not")
    .nullable()
    .optional(),
  /** Seconds a decision waits before it leaves; 0: none. */
  undoSeconds: z.number().int().min(0).max(60).optional(),
});

export async function changeOrganisation(
  principal: Principal,
  change: z.infer<typeof changeOrganisationBodySchema>,
): Promise<void> {
  requirePermission(principal, "administer");
  const { organisationId } = principal;
  await withOrganisation(organisationId, async (tx) => {
    await tx.organisation.updateMany({ where: { id: organisationId }, data: change });
    await appendAudit(tx, {
      organisationId,
      actorId: principal.userId,
      action: "organisation.changed",
      subjectType: "organisation",
      subjectId: organisationId,
      facts: { fields: Object.keys(change) },
    });
  });
}
