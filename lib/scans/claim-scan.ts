import type { OrderFile, Scan } from "#generated/prisma/client.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { announce } from "#lib/events/announce.ts";
import { enqueue } from "#lib/jobs/queue.ts";

/** A scan taken up by one job, with what is needed to ask its vendor for it. */
export type ClaimedScan = Scan & {
  file: OrderFile;
  order: { id: string; number: string; status: string; vendor: string; connectionId: string; dueOn: Date | null };
};

/** A job that has not stirred for this long died with its process, ms. */
export const LEASE_MS = 30_000;
/** How often a living job stirs, ms. */
export const STIR_MS = 10_000;

/**
 * Takes a scan up for fetching: one job at a time, whichever process it runs in.
 * @returns null when it is done, failed for good, or another job is at it (then a job is left for when that one proves dead)
 */
export async function claimScan(organisationId: string, scanId: string): Promise<ClaimedScan | null> {
  return withOrganisation(organisationId, async (tx) => {
    const scan = await tx.scan.findFirst({
      where: { id: scanId, organisationId },
      include: {
        file: true,
        order: { select: { id: true, number: true, status: true, vendor: true, connectionId: true, dueOn: true } },
      },
    });
    if (!scan || scan.state === "ready" || scan.state === "failed") return null;
    const leaseEnd = new Date(scan.updatedAt.getTime() + LEASE_MS);
    if (scan.state === "fetching" && leaseEnd > new Date()) {
      await enqueue(tx, "fetch-scan", { organisationId, scanId }, { startAfter: leaseEnd });
      return null;
    }
    const { state, attempts } = scan;
    const claim = { state: "fetching", attempts: attempts + 1, problem: null };
    const { count } = await tx.scan.updateMany({ where: { id: scanId, organisationId, state, attempts }, data: claim });
    if (count === 0) return null;
    await tx.orderFile.update({
      where: { id: scan.fileId, organisationId },
      data: { state: "fetching", problem: null },
    });
    await announce(tx, { organisationId, topic: "scan", id: scanId });
    return { ...scan, ...claim };
  });
}

/** Keeps the claim. */
export async function stirScan({ organisationId, id, attempts }: ClaimedScan): Promise<void> {
  await withOrganisation(organisationId, (tx) =>
    tx.scan.updateMany({ where: { id, organisationId, state: "fetching", attempts }, data: { updatedAt: new Date() } }),
  );
}
