import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { enqueue } from "#lib/jobs/queue.ts";

/**
 * Asks for a sync now. Asking again within two seconds, or while a run is under way, asks for nothing new: twenty presses are
 * one run (F26).
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
      UPDATE connections SET sync_requested_at = now()
      WHERE id = ${connectionId}::uuid AND organisation_id = ${organisationId}::uuid
        AND coalesce(sync_requested_at < now() - interval '2 seconds', true)
        AND NOT coalesce(
          sync_started_at > now() - interval '10 minutes'
          AND sync_started_at > greatest(last_sync_at, problem_at, '-infinity'), false)`;
    if (isFirst === 1) await enqueue(tx, "sync-connection", { organisationId, connectionId }, { priority: 10 });
  });
}
