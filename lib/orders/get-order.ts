import type { OrderFile, Scan } from "#generated/prisma/client.ts";
import { namesOfMembers } from "#lib/access/names-of-members.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { type EnqueueOptions, enqueue } from "#lib/jobs/queue.ts";
import { ORDER_COLUMNS, type OrderRow } from "#lib/orders/order-row.ts";
import type { OrderDetailView, OrderFileView } from "#lib/orders/order-schema.ts";
import { openFileName, openPatient } from "#lib/orders/seal-order.ts";
import { shownOrderId } from "#lib/orders/shown-order-id.ts";
import { actionsOfRow, toOrderView } from "#lib/orders/to-order-view.ts";

/** Data older than this is read again at the vendor, in the background, when somebody looks at it (ms). */
const FRESH_FOR = 60_000;
/** Looking again within this time is the same look: one line in the audit trail (ms). */
const ONE_LOOK = 10 * 60_000;
/** Somebody is waiting: before all scans that are fetched ahead of time. */
const NOW = 10_000;

const DETAIL_COLUMNS = {
  ...ORDER_COLUMNS,
  form: true,
  bridges: true,
  delivery: true,
  detailFetchedAt: true,
  datesCorrected: true,
  files: { where: { removedAt: null }, orderBy: { position: "asc" }, include: { scan: true } },
} as const;

type DetailRow = OrderRow & {
  form: string;
  bridges: unknown;
  delivery: unknown;
  detailFetchedAt: Date | null;
  datesCorrected: boolean;
  files: (OrderFile & { scan: Scan | null })[];
};

/**
 * One order with its prescription and files. Opening it is audited, wakes the fetching of its scans, and has it read again at
 * the vendor in the background when what is here is old or only a list entry. An order that came by two ways is answered as the
 * one that is shown, by either id.
 * @throws {AppError} not_found, also for another organisation's order
 */
export async function getOrder(
  principal: Principal,
  orderId: string,
  clock: Clock = systemClock,
): Promise<OrderDetailView> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    const row: DetailRow | null = await tx.order.findFirst({
      where: { id: await shownOrderId(tx, organisationId, orderId), organisationId },
      select: DETAIL_COLUMNS,
    });
    if (!row) throw new AppError("not_found");
    await auditLook(tx, principal, row.id, clock);
    await wakeJobs(tx, row, clock);
    const names = await namesOfMembers(
      tx,
      [row, ...row.twins].map(({ decisions: [last] }) => last?.requestedBy),
    );
    return toDetailView(row, names, principal);
  });
}

async function auditLook(tx: TenantTransaction, principal: Principal, orderId: string, clock: Clock): Promise<void> {
  const look = {
    organisationId: principal.organisationId,
    actorId: principal.userId,
    action: "order.opened",
    subjectType: "order",
    subjectId: orderId,
  } as const;
  const since = new Date(clock.now().getTime() - ONE_LOOK);
  const seen = await tx.auditEntry.findFirst({ where: { ...look, at: { gt: since } }, select: { seq: true } });
  if (!seen) await appendAudit(tx, { ...look, facts: { via: principal.via } });
}

async function wakeJobs(tx: TenantTransaction, row: DetailRow, clock: Clock): Promise<void> {
  if (row.connection.state !== "connected") return;
  const { organisationId } = row;
  const old = clock.now().getTime() - row.syncedAt.getTime() > FRESH_FOR;
  if (old || !row.detailFetchedAt)
    await enqueue(tx, "refresh-order", { organisationId, orderId: row.id }, ahead(row.id));
  for (const { scan } of row.files)
    if (scan?.state === "waiting")
      await enqueue(tx, "fetch-scan", { organisationId, scanId: scan.id, wanted: true }, ahead(scan.id));
}

/** A key of its own: the same job may already wait far behind, and a waiting job cannot be moved up. */
function ahead(id: string): EnqueueOptions {
  return { priority: NOW, singletonKey: `now:${id}` };
}

function toDetailView(row: DetailRow, names: ReadonlyMap<string, string>, principal: Principal): OrderDetailView {
  const patient = openPatient(row.organisationId, row.id, row.patientSealed);
  const order = toOrderView(row, names, principal, patient);
  return {
    ...order,
    prescription: {
      form: row.form as OrderDetailView["prescription"]["form"],
      restorations: order.restorations,
      bridges: row.bridges as number[][],
    },
    description: patient.description,
    tags: patient.tags,
    patientCode: patient.patientCode,
    files: row.files.map(toFileView),
    delivery: row.delivery as OrderDetailView["delivery"],
    datesCorrected: row.datesCorrected,
    detailHere: row.detailFetchedAt !== null,
    unavailable: actionsOfRow(row, principal).unavailable as Record<string, string>,
  };
}

function toFileView(file: OrderFile & { scan: Scan | null }): OrderFileView {
  return {
    id: file.id,
    name: openFileName(file.organisationId, file.id, file.nameSealed),
    kind: file.kind as OrderFileView["kind"],
    jaw: file.jaw as OrderFileView["jaw"],
    biteGroup: file.biteGroup,
    bytes: file.bytes === null ? null : Number(file.bytes),
    state: file.state as OrderFileView["state"],
    problem: file.problem,
    scanId: file.scan?.id ?? null,
  };
}
