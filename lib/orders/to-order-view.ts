import type { MemberNames } from "#lib/access/names-of-members.ts";
import type { Principal } from "#lib/access/principal.ts";
import { isOpen, toDecisionView } from "#lib/decisions/to-decision-view.ts";
import { openHoldNote } from "#lib/holds/seal-hold-note.ts";
import type { OrderRow } from "#lib/orders/order-row.ts";
import type {
  Completeness,
  DecisionKind,
  OrderStatus,
  OrderView,
  Restoration,
  Side,
} from "#lib/orders/order-schema.ts";
import { actionsOf, type OrderActions, type OrderSituation } from "#lib/orders/order-states.ts";
import { openPatient } from "#lib/orders/seal-order.ts";
import { seenAt } from "#lib/orders/seen-at.ts";
import { checkPrescription } from "#lib/prescription-check/check-prescription.ts";
import type { CheckedOrder } from "#lib/prescription-check/contradiction.ts";
import { thumbnailPath } from "#lib/scans/thumbnail-path.ts";
import { openTagName } from "#lib/tags/seal-tag.ts";
import { findVendor } from "#lib/vendors/registry.ts";
import type { PatientData } from "#lib/vendors/vendor.ts";

/** A row with the scans that its prescription is checked against; more files do no harm. */
type ShownRow = Omit<OrderRow, "files"> & { files: { kind: string; jaw: string | null }[] };

/** A row as the HTTP surface gives it, with what the given member may do. */
export function toOrderView(
  row: ShownRow,
  names: MemberNames,
  principal: Principal,
  patient: PatientData = openPatient(row.organisationId, row.id, row.patientSealed),
): OrderView {
  const vendor = findVendor(row.vendor);
  const decision = row.decisions[0] ?? row.twins.flatMap((twin) => twin.decisions)[0];
  return {
    id: row.id,
    vendor: row.vendor,
    vendorName: vendor?.name ?? row.vendor,
    connectionId: row.connectionId,
    number: row.number,
    status: row.status as OrderStatus,
    vendorStatus: row.vendorStatus,
    side: row.side as Side,
    clinic: row.clinic,
    lab: row.lab,
    caseName: patient.caseName,
    patientName: patient.patientName,
    receivedAt: row.receivedAt.toISOString(),
    dueOn: row.dueOn?.toISOString().slice(0, 10) ?? null,
    vendorUpdatedAt: row.vendorUpdatedAt?.toISOString() ?? null,
    syncedAt: seenAt(row).toISOString(),
    completeness: row.completeness as Completeness,
    infoRequest: row.infoRequest as OrderView["infoRequest"],
    restorations: row.restorations as Restoration[], // written by import-orders in this very shape
    contradictionCount: checkPrescription(checkedOrder(row, patient)).length,
    scans: { count: row.scansCount, ready: row.scansReady, failed: row.scansFailed },
    thumbnail: row.thumbnailSha256 && thumbnailPath(row.id, row.thumbnailSha256),
    actions: actionsOfRow(row, principal).actions,
    decisionMode: vendor?.capabilities.decisionMode ?? "recorded",
    decision: decision ? toDecisionView(decision, names) : null,
    assignee: assigneeOf(row, names),
    teamTags: row.tags
      .map(({ tag }) => ({ id: tag.id, name: openTagName(row.organisationId, tag.id, tag.nameSealed) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    changedAt: row.changedAt?.toISOString() ?? null,
    hold: holdOf(row, names),
    sources: [row, ...row.twins].map(({ id, vendor, connectionId, number }) => ({
      vendor,
      vendorName: findVendor(vendor)?.name ?? vendor,
      connectionId,
      number,
      orderId: id,
    })),
  };
}

/** What the prescription check knows of a row. */
export function checkedOrder(row: ShownRow, patient: PatientData): CheckedOrder {
  return {
    form: row.form as CheckedOrder["form"],
    restorations: row.restorations as Restoration[],
    bridges: row.bridges as number[][],
    note: patient.description,
    scans: row.detailFetchedAt && row.files.filter(({ kind }) => kind === "scan"),
    completeness: row.completeness as Completeness,
    infoRequest: row.infoRequest as OrderView["infoRequest"],
    dueOn: row.dueOn?.toISOString().slice(0, 10) ?? null,
    receivedAt: row.receivedAt.toISOString(),
  };
}

/** The organisation's calendar decides elsewhere; here a day has come once it has begun in UTC, hours at most from that. */
function holdOf(row: ShownRow, names: MemberNames): OrderView["hold"] {
  const { id, organisationId, holdUntil, holdReason, holdNoteSealed, heldBy } = row;
  if (!holdUntil || !holdReason || holdUntil.getTime() <= Date.now()) return null;
  const name = heldBy && names.get(heldBy);
  return {
    until: holdUntil.toISOString().slice(0, 10),
    reason: holdReason,
    note: holdNoteSealed && openHoldNote(organisationId, id, holdNoteSealed),
    by: name ? { id: heldBy, name } : null,
  };
}

/** Nobody once the member has left the organisation. */
function assigneeOf({ assigneeId }: OrderRow, names: MemberNames): OrderView["assignee"] {
  const name = assigneeId && names.get(assigneeId);
  return name ? { id: assigneeId, name } : null;
}

/** Everybody whose name the given rows show. */
export function membersOn(rows: readonly OrderRow[]): (string | null | undefined)[] {
  return rows.flatMap((row) => [
    row.assigneeId,
    row.heldBy,
    ...[row, ...row.twins].map(({ decisions: [last] }) => last?.requestedBy),
  ]);
}

/** What this member may do with this order, and why the rest is missing. */
export function actionsOfRow(row: OrderRow, principal: Principal): OrderActions {
  return actionsOf(situationOf(row, principal));
}

/** What was decided of this order before it was known that it came by two ways. */
function decidedElsewhere({ twins }: OrderRow): OrderSituation["decidedElsewhere"] {
  const confirmed = twins.flatMap((twin) => twin.decisions).filter((decision) => decision.state === "confirmed");
  const sent = confirmed.find((decision) => !decision.recordedOnly);
  const decision = sent ?? confirmed[0];
  return decision ? { kind: decision.kind as DecisionKind, isSent: decision === sent } : null;
}

export function situationOf(row: OrderRow, principal: Principal): OrderSituation {
  const vendor = findVendor(row.vendor);
  return {
    status: row.status as OrderStatus,
    side: row.side as Side,
    role: principal.role,
    hasOpenDecision: [row, ...row.twins].some(({ decisions: [last] }) => last && isOpen(last)),
    decidedElsewhere: decidedElsewhere(row),
    capabilities: vendor?.capabilities,
    endpoints: vendor?.endpoints ?? [],
    connection: row.connection,
  };
}
