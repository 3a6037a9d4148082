import { appendAudit } from "#lib/audit/append-audit.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import type { ErrorCode } from "#lib/errors.ts";
import { announce } from "#lib/events/announce.ts";
import { log } from "#lib/log/log.ts";

/**
 * The vendor refuses these credentials for good: the connection waits for a person to sign in again. Jobs are parked by it,
 * nothing is dropped, what is here stays readable. Only for the credentials that were refused: newer ones are left alone.
 */
export async function markReconnectNeeded(
  refused: { organisationId: string; connectionId: string; epoch: bigint },
  problem: ErrorCode,
  options: { countsAsLogin: boolean },
): Promise<void> {
  const { organisationId, connectionId, epoch } = refused;
  await withOrganisation(organisationId, async (tx) => {
    const marked = await tx.$executeRaw`
      UPDATE connections SET state = 'reconnect_needed', problem = ${problem}, problem_at = now(),
        lease_owner = NULL, lease_until = NULL, updated_at = now(),
        failed_logins = CASE WHEN NOT ${options.countsAsLogin} THEN failed_logins
          WHEN last_login_try_at > now() - interval '1 hour' THEN failed_logins + 1 ELSE 1 END,
        last_login_try_at = CASE WHEN ${options.countsAsLogin} THEN now() ELSE last_login_try_at END
      WHERE id = ${connectionId}::uuid AND organisation_id = ${organisationId}::uuid
        AND credential_epoch = ${epoch} AND state = 'connected'`;
    if (marked === 0) return;
    const subject = { subjectType: "connection", subjectId: connectionId, facts: { problem } };
    await appendAudit(tx, { organisationId, actorId: null, action: "connection.reconnect_needed", ...subject });
    await announce(tx, { organisationId, topic: "connection", id: connectionId });
  });
  log.warn({ organisationId, connectionId, problem }, "connection: credentials refused");
}
