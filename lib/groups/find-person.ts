import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import type { PersonView } from "#lib/groups/group-schema.ts";
import { VendorError } from "#lib/vendors/error.ts";

/**
 * Who has this e-mail address at the vendor, as far as the vendor tells this account. Null when nobody does.
 * @throws {AppError} forbidden; not_found for a connection that is not here; reconnect_needed {VendorError}
 */
export async function findPerson(
  principal: Principal,
  connectionId: string,
  email: string,
): Promise<PersonView | null> {
  requirePermission(principal, "decide");
  const { organisationId, userId } = principal;
  const subject = { subjectType: "connection", subjectId: connectionId };
  await withOrganisation(organisationId, async (tx) => {
    const where = { id: connectionId, organisationId, state: { not: "disconnected" } };
    if ((await tx.connection.count({ where })) === 0) throw new AppError("not_found");
    await appendAudit(tx, { organisationId, actorId: userId, action: "vendor.person_looked_up", ...subject });
  });
  try {
    return await withSession(connectionId, organisationId, (session, vendor) => {
      if (!vendor.person) throw new AppError("action_not_available");
      return vendor.person(session, email);
    });
  } catch (error) {
    if (error instanceof VendorError && error.kind === "not_found") return null;
    throw error;
  }
}
