import type { OrderFile, Scan } from "#generated/prisma/client.ts";
import { namesOfMembers } from "#lib/access/names-of-members.ts";
import type { Principal } from "#lib/access/principal.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { ORDER_COLUMNS, type OrderRow } from "#lib/orders/order-row.ts";
import type { OrderDetailView, OrderFileView } from "#lib/orders/order-schema.ts";
import { openFileName, openPatient } from "#lib/orders/seal-order.ts";
import { shownOrderId } from "#lib/orders/shown-order-id.ts";
import { actionsOfRow, checkedOrder, membersOn, toOrderView } from "#lib/orders/to-order-view.ts";
import { checkPrescription } from "#lib/prescription-check/check-prescription.ts";
import { toContradictionView } from "#lib/prescription-check/say-contradiction.ts";

const DETAIL_COLUMNS = {
  ...ORDER_COLUMNS,
  delivery: true,
  datesCorrected: true,
  files: { where: { removedAt: null }, orderBy: { position: "asc" }, include: { scan: true } },
} as const;

export type DetailRow = Omit<OrderRow, "files"> & {
  delivery: unknown;
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
  return { row, order: toDetailView(row, names, principal) };
}

function toDetailView(row: DetailRow, names: ReadonlyMap<string, string>, principal: Principal): OrderDetailView {
  const patient = openPatient(row.organisationId, row.id, row.patientSealed);
  const order = toOrderView(row, names, principal, patient);
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
