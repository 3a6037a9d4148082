import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { enqueue } from "#lib/jobs/queue.ts";

/**
 * Asks for a sync now. Asking again within two seconds asks for nothing new: twenty presses are one run (F26). A run that is
 * under way sees the request and looks at the vendor's list again (lib/connections/lookout.ts).
 * @throws {AppError} forbidden, not_found, reconnect_needed
 */
export async function requestSync(principal: Principal, connectionId: string): Promise<void> {
  requirePermission(principal, "sync");
  const { organisationId } = principal;
  await withOrganisation(organisationId, async (tx) => {
    const row = await tx.connection.findFirst({
      where: { id: connectionId, organisationId, state: { not: "disconnected" } },
      select: { state: true },
    });
    if (!row) throw new AppError("not_found");
    if (row.state === "reconnect_needed") throw new AppError("reconnect_needed");
    const isFirst = await tx.$executeRaw`
      UPDATE connections SET sync_requested_at = clock_timestamp()
      WHERE id = ${connectionId}::uuid AND organisation_id = ${organisationId}::uuid
        AND coalesce(sync_requested_at < now() - interval '2 seconds', true)`;
    if (isFirst === 1) await enqueue(tx, "sync-connection", { organisationId, connectionId }, { priority: 10 });
  });
}

/**
 * For a job that found a run under way: when that run had ended and only its lock was still there, nobody has seen a request made
 * since; it is put off by a second instead of lost.
 */
export async function repeatUnseenRequest(target: { organisationId: string; connectionId: string }): Promise<void> {
  const { organisationId, connectionId } = target;
  await withOrganisation(organisationId, async (tx) => {
    const unseen = await tx.$queryRaw`
      SELECT 1 FROM connections
      WHERE id = ${connectionId}::uuid AND organisation_id = ${organisationId}::uuid AND state = 'connected'
        AND sync_requested_at > greatest(last_sync_at, problem_at)
        AND greatest(last_sync_at, problem_at) >= sync_started_at`;
    if (Array.isArray(unseen) && unseen.length > 0)
      await enqueue(tx, "sync-connection", target, { startAfter: 1, priority: 10 });
  });
}
