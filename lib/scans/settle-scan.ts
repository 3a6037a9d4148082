import type { Prisma } from "#generated/prisma/client.ts";
import { seal, unseal } from "#lib/crypto/seal.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { announce } from "#lib/events/announce.ts";
import { enqueue } from "#lib/jobs/queue.ts";
import { lockOrderRows } from "#lib/orders/lock-order-rows.ts";
import { matchTwins } from "#lib/orders/match-twins.ts";
import { recordOrderEvent } from "#lib/orders/record-order-event.ts";
import { recountScans } from "#lib/orders/recount-scans.ts";
import type { ClaimedScan } from "./claim-scan.ts";
import type { ScanProblem } from "./scan-problem.ts";

/** After this many tries by itself a scan waits for somebody to ask. */
const MOST_ATTEMPTS = 12;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 10 * 60_000;

const entryNamePlace = (organisationId: string, scanId: string) => ({
  organisationId,
  table: "scans",
  column: "name_sealed",
  row: scanId,
});

/** The name inside the vendor's archive may hold a patient's. */
export function sealEntryName(organisationId: string, scanId: string, name: string): Uint8Array<ArrayBuffer> {
  return seal(name, entryNamePlace(organisationId, scanId));
}

export function openEntryName(organisationId: string, scanId: string, sealed: Uint8Array): string {
  return unseal(sealed, entryNamePlace(organisationId, scanId)).toString("utf8");
}

/** The scan can be seen; `columns` say where and what it is. By it the order may turn out to have come by another way as well. */
export async function publishScan(scan: ClaimedScan, columns: Prisma.ScanUpdateManyMutationInput): Promise<void> {
  const file = { state: "ready", problem: null, originalSha256: columns.sha256 as string };
  const { organisationId, orderId } = scan;
  await settle(scan, { ...columns, state: "ready", problem: null }, file, async (tx) => {
    await enqueue(tx, "draw-thumbnail", { organisationId, orderId });
  });
  // In a transaction of its own: recognising twins locks before it touches any row.
  await withOrganisation(scan.organisationId, (tx) => matchTwins(tx, scan.organisationId, [scan.orderId]));
}

/** The scan cannot be seen: tried again after a pause, parked, or given up until somebody asks. */
export async function giveUpScan(
  scan: ClaimedScan,
  problem: ScanProblem,
  kept: Prisma.ScanUpdateManyMutationInput,
): Promise<void> {
  const { organisationId, id: scanId } = scan;
  const { code } = problem;
  const original = kept.sha256 ? { originalSha256: kept.sha256 as string } : {};
  if (problem.next === "parked")
    return settle(scan, { state: "waiting", problem: code }, { state: "listed", problem: code });
  if (problem.next === "again" && scan.attempts < MOST_ATTEMPTS) {
    const startAfter = new Date(Date.now() + pauseAfter(scan.attempts, problem.retryAfterMs));
    return settle(scan, { state: "waiting", problem: code }, { state: "listed", problem: code }, async (tx) => {
      await enqueue(tx, "fetch-scan", { organisationId, scanId }, { startAfter });
    });
  }
  await settle(
    scan,
    { ...kept, state: "failed", problem: code },
    { ...original, state: "failed", problem: code },
    (tx) =>
      recordOrderEvent(tx, {
        organisationId,
        orderId: scan.orderId,
        kind: "scan_failed",
        facts: { scanId, fileId: scan.fileId, problem: code },
      }),
  );
}

function pauseAfter(attempts: number, wishedMs: number): number {
  return Math.max(wishedMs, Math.min(FIRST_PAUSE_MS * 1.6 ** (attempts - 1), LONGEST_PAUSE_MS));
}

/** Writes the end of one try, if the claim still holds. */
async function settle(
  scan: ClaimedScan,
  data: Prisma.ScanUpdateManyMutationInput,
  fileData: Prisma.OrderFileUpdateInput,
  also?: (tx: TenantTransaction) => Promise<void>,
): Promise<void> {
  const { organisationId, id, attempts, orderId, fileId } = scan;
  await withOrganisation(organisationId, async (tx) => {
    // Before its scans, as an import does it: neither waits for what the other holds.
    await lockOrderRows(tx, organisationId, [orderId]);
    const { count } = await tx.scan.updateMany({ where: { id, organisationId, state: "fetching", attempts }, data });
    if (count === 0) return;
    await tx.orderFile.update({ where: { id: fileId, organisationId }, data: fileData });
    await recountScans(tx, organisationId, [orderId]);
    await also?.(tx);
    await announce(tx, { organisationId, topic: "scan", id });
    await announce(tx, { organisationId, topic: "order", id: orderId });
  });
}
