import { findOrCreateUser } from "#lib/access/bootstrap-organisation.ts";
import { normaliseEmail } from "#lib/access/normalise-email.ts";
import type { Role } from "#lib/access/principal.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";

/** Adds a person to an organisation, or changes their role there: the command line's `user add` and the demo data. */
export async function addMember(input: {
  organisationId: string;
  email: string;
  password: string;
  name?: string;
  role: Role;
}): Promise<{ userId: string }> {
  const email = normaliseEmail(input.email);
  const { organisationId, role } = input;
  const userId = await findOrCreateUser({ email, password: input.password, name: input.name ?? email.split("@")[0]! });
  await withOrganisation(organisationId, async (tx) => {
    await tx.member.upsert({
      where: { organisationId_userId: { organisationId, userId } },
      create: { organisationId, userId, role },
      update: { role },
    });
    await appendAudit(tx, {
      organisationId,
      actorId: null,
      action: "member.added",
      subjectType: "user",
      subjectId: userId,
      facts: { role },
    });
  });
  return { userId };
}
