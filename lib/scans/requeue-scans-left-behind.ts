import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { enqueue } from "#lib/jobs/queue.ts";
import { LEASE_MS } from "./claim-scan.ts";

/** Gives scans whose fetching died with its process a job again: asked each minute. @returns how many */
export async function requeueScansLeftBehind(): Promise<number> {
  const silent = await database().scan.findMany({
    where: { state: "fetching", updatedAt: { lt: new Date(Date.now() - LEASE_MS) } },
    select: { id: true, organisationId: true },
    take: 1_000,
  });
  for (const { id, organisationId } of silent)
    await withOrganisation(organisationId, (tx) => enqueue(tx, "fetch-scan", { organisationId, scanId: id }));
  return silent.length;
}
