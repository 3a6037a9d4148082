import type { MemberNames } from "#lib/access/names-of-members.ts";
import type { Principal } from "#lib/access/principal.ts";
import { isOpen, toDecisionView } from "#lib/decisions/to-decision-view.ts";
import type { OrderRow } from "#lib/orders/order-row.ts";
import type { Completeness, OrderStatus, OrderView, Restoration, Side } from "#lib/orders/order-schema.ts";
import { actionsOf, type OrderActions, type OrderSituation } from "#lib/orders/order-states.ts";
import { openPatient } from "#lib/orders/seal-order.ts";
import { findVendor } from "#lib/vendors/registry.ts";
import type { PatientData } from "#lib/vendors/vendor.ts";

/** A row as the HTTP surface gives it, with what the given member may do. */
export function toOrderView(
  row: OrderRow,
  names: MemberNames,
  principal: Principal,
  patient: PatientData = openPatient(row.organisationId, row.id, row.patientSealed),
): OrderView {
  const vendor = findVendor(row.vendor);
  const decision = row.decisions[0];
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
    syncedAt: row.syncedAt.toISOString(),
    completeness: row.completeness as Completeness,
    infoRequest: row.infoRequest as OrderView["infoRequest"],
    restorations: row.restorations as Restoration[], // written by import-orders in this very shape
    scans: { count: row.scansCount, ready: row.scansReady, failed: row.scansFailed },
    actions: actionsOfRow(row, principal).actions,
    decisionMode: vendor?.capabilities.decisionMode ?? "recorded",
    decision: decision ? toDecisionView(decision, names) : null,
  };
}

/** What this member may do with this order, and why the rest is missing. */
export function actionsOfRow(row: OrderRow, principal: Principal): OrderActions {
  return actionsOf(situationOf(row, principal));
}

export function situationOf(row: OrderRow, principal: Principal): OrderSituation {
  const vendor = findVendor(row.vendor);
  return {
    status: row.status as OrderStatus,
    side: row.side as Side,
    role: principal.role,
    hasOpenDecision: row.decisions[0] ? isOpen(row.decisions[0]) : false,
    capabilities: vendor?.capabilities,
    endpoints: vendor?.endpoints ?? [],
    connection: row.connection,
  };
}
