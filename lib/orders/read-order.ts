import { z } from "zod";
import type { OrderFile, Scan } from "#generated/prisma/client.ts";
import { namesOfMembers } from "#lib/access/names-of-members.ts";
import type { Principal } from "#lib/access/principal.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { ORDER_COLUMNS, type OrderRow } from "#lib/orders/order-row.ts";
import { deliverySchema, type OrderDetailView, type OrderFileView } from "#lib/orders/order-schema.ts";
import { recordedElsewhere, whyNotPassedOn } from "#lib/orders/order-states.ts";
import { portalsOfOrder } from "#lib/orders/portals-of-order.ts";
import { openFileName, openPatient } from "#lib/orders/seal-order.ts";
import { shownOrderId } from "#lib/orders/shown-order-id.ts";
import { actionsOfRow, checkedOrder, membersOn, situationOf, toOrderView } from "#lib/orders/to-order-view.ts";
import { checkPrescription } from "#lib/prescription-check/check-prescription.ts";
import { toContradictionView } from "#lib/prescription-check/say-contradiction.ts";
import { readRejection } from "#lib/reasons/read-rejection.ts";

const DETAIL_COLUMNS = {
  ...ORDER_COLUMNS,
  delivery: true,
  portalKeys: true,
  datesCorrected: true,
  files: { where: { removedAt: null }, orderBy: { position: "asc" }, include: { scan: true } },
} as const;

export type DetailRow = Omit<OrderRow, "files"> & {
  delivery: unknown;
  portalKeys: string[];
  datesCorrected: boolean;
  files: (OrderFile & { scan: Scan | null })[];
};

/**
 * One order with its prescription and files, by its own id or that of a row which came another way. What is done with it is for the
 * caller to audit.
 * @throws {AppError} not_found, also for another organisation's order
 */
export async function readOrder(
  tx: TenantTransaction,
  principal: Principal,
  orderId: string,
): Promise<{ row: DetailRow; order: OrderDetailView }> {
  const { organisationId } = principal;
  const row: DetailRow | null = await tx.order.findFirst({
    where: { id: await shownOrderId(tx, organisationId, orderId), organisationId },
    select: DETAIL_COLUMNS,
  });
  if (!row) throw new AppError("not_found");
  const names = await namesOfMembers(tx, membersOn([row]));
  const facts = { portal: await portalOf(tx, row), rejection: await readRejection(tx, principal, row) };
  return { row, order: toDetailView(row, facts, names, principal) };
}

/** The scanner portal it came through, by the names that the collector gave when it was asked last. */
async function portalOf(tx: TenantTransaction, row: DetailRow): Promise<OrderDetailView["portal"]> {
  const portals = await portalsOfOrder(tx, row);
  const [kind, account] = [portals.find((one) => one.kindName === null), portals.find((one) => one.kindName !== null)];
  const name = kind?.name ?? account?.kindName;
  if (!name) return null;
  return {
    name,
    account: account?.name ?? null,
    lastFetchAt: account?.lastFetchAt?.toISOString() ?? null,
    quantizationBits: kind?.quantizationBits ?? null,
  };
}

function toDetailView(
  row: DetailRow,
  facts: Pick<OrderDetailView, "portal" | "rejection">,
  names: ReadonlyMap<string, string>,
  principal: Principal,
): OrderDetailView {
  const patient = openPatient(row.organisationId, row.id, row.patientSealed);
  const order = toOrderView(row, names, principal, patient);
  const situation = situationOf(row, principal);
  return {
    ...order,
    contradictions: checkPrescription(checkedOrder(row, patient)).map((one) => toContradictionView(one, principal)),
    prescription: {
      form: row.form as OrderDetailView["prescription"]["form"],
      restorations: order.restorations,
      bridges: row.bridges as number[][],
    },
    description: patient.description,
    tags: patient.tags,
    patientCode: patient.patientCode,
    files: row.files.map(toFileView),
    delivery: z.array(deliverySchema).catch([]).parse(row.delivery),
    ...facts,
    datesCorrected: row.datesCorrected,
    detailHere: row.detailFetchedAt !== null,
    passOn: whyNotPassedOn(situation) === null ? recordedElsewhere(situation) : null,
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
