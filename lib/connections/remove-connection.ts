import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { announce } from "#lib/events/announce.ts";

/**
 * Forgets an account's credentials and asks its vendor for nothing more. Its orders stay readable; signing in to the account
 * again goes on where it stopped.
 * @throws {AppError} forbidden, not_found
 */
export async function removeConnection(principal: Principal, id: string): Promise<void> {
  requirePermission(principal, "connect");
  const { organisationId, userId } = principal;
  await withOrganisation(organisationId, async (tx) => {
    const removed = await tx.connection.updateMany({
      where: { id, organisationId, state: { not: "disconnected" } },
      data: {
        state: "disconnected",
        credentialsSealed: null,
        credentialEpoch: { increment: 1 },
        accessExpiresAt: null,
        refreshExpiresAt: null,
        leaseOwner: null,
        leaseUntil: null,
        problem: null,
        problemAt: null,
      },
    });
    if (removed.count === 0) throw new AppError("not_found");
    const subject = { subjectType: "connection", subjectId: id };
    await appendAudit(tx, { organisationId, actorId: userId, action: "connection.removed", ...subject });
    await announce(tx, { organisationId, topic: "connection", id });
  });
}
