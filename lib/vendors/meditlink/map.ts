import type { Completeness, Delivery, OrderStatus } from "#lib/orders/order-schema.ts";
import { listUnmappedKeys } from "#lib/vendors/list-unmapped-keys.ts";
import { classifyFile } from "#lib/vendors/meditlink/classify-file.ts";
import { mapBridges, mapForm, mapRestoration } from "#lib/vendors/meditlink/map-prescription.ts";
import {
  type MeditlinkCase,
  type MeditlinkFile,
  type MeditlinkGroup,
  type MeditlinkOrder,
  ORDER_KEYS,
  orderSchema,
} from "#lib/vendors/meditlink/schemas.ts";
import { parseVendorDate } from "#lib/vendors/parse-vendor-date.ts";
import type { PartyContact, VendorFile, VendorOrder, VendorParty } from "#lib/vendors/vendor.ts";

/**
 * Appendix A, Order Status: the four codes of the document's samples. The codes of the other three are lost; these are the words of
 * the vendor's own pages. Any other code is "other" and shown as the vendor wrote it.
 */
const STATUSES: Readonly<Record<string, OrderStatus>> = {
  PENDING: "pending",
  CANCELED: "cancelled",
  REJECTED: "rejected",
  ACCEPTED: "accepted",
  SHIPPED: "delivering",
  REFUNDED: "refunded",
  COMPLETED: "completed",
};

/**
 * A row of the order search, or null for one that is no order at all: it costs itself, not its page.
 * @param groupKey the connection's own group, which tells the side
 */
export function mapOrderRow(row: unknown, groupKey: string | null): VendorOrder | null {
  const parsed = orderSchema.safeParse(row);
  return parsed.success ? mapOrder(parsed.data, row, groupKey, false) : null;
}

/** An order in our words. `raw` is the record as it came, `whole` is true for the answer of §3.5.2 or §3.5.4. */
export function mapOrder(order: MeditlinkOrder, raw: unknown, groupKey: string | null, whole: boolean): VendorOrder {
  const { case: theCase, buyer, seller } = order;
  const dates = {
    received: parseVendorDate(order.dateCreated),
    due: parseVendorDate(order.dateDesiredDelivery),
    updated: parseVendorDate(order.dateUpdated),
  };
  const isLab = groupKey !== null && seller?.uuid === groupKey;
  return {
    number: order.orderNumber,
    caseKey: theCase?.uuid ?? null,
    // Lists show the clinic's own case, the whole order the copy that the lab got of it (§3.5.1, §3.5.2).
    portalCaseKey: whole ? null : (theCase?.uuid ?? null),
    status: STATUSES[order.status?.toUpperCase() ?? ""] ?? "other",
    vendorStatus: order.status ?? "",
    completeness: completenessOf(theCase?.status),
    infoRequest: "none",
    clinic: mapParty(buyer),
    lab: mapParty(seller),
    patient: {
      caseName: theCase?.name ?? null,
      patientName: theCase?.patient?.name ?? null,
      // §3.3.1: a patient's code is never shared with labs; were it to slip through, it stays out.
      patientCode: isLab ? null : (theCase?.patient?.code ?? null),
      description: order.description,
      tags: theCase?.tags ?? [],
    },
    receivedAt: dates.received.at,
    dueAt: dates.due.at,
    updatedAt: dates.updated.at,
    datesCorrected: Object.values(dates).some((date) => date.corrected),
    form: mapForm(theCase?.formInformation?.type),
    restorations: theCase?.formInformation?.items.map(mapRestoration) ?? [],
    bridges: mapBridges(theCase?.bridges ?? []),
    biteGroups: (theCase?.multiOcclusionGroup ?? []).map((group, index) => ({
      id: group.groupId ?? String(index + 1),
      name: group.groupName ?? "",
      fileKeys: group.files,
    })),
    delivery: order.delivery.map(mapDelivery),
    portalKeys: [],
    files: whole ? mapFiles(theCase) : null,
    whole,
    raw,
    unmapped: listUnmappedKeys(raw, ORDER_KEYS),
  };
}

/** A file by its uuid: names repeat between bite groups, so the group's name tells them apart. */
export function mapFile(file: MeditlinkFile, biteGroup: string | null): VendorFile {
  const name = file.name ?? file.uuid;
  return {
    key: file.uuid,
    name,
    ...classifyFile(name, file.fileType ?? ""),
    vendorFileType: file.fileType ?? "",
    biteGroup,
    bytes: file.size,
  };
}

export function mapFiles(theCase: MeditlinkCase | null): VendorFile[] {
  const groupOf = new Map<string, string>();
  for (const group of theCase?.multiOcclusionGroup ?? [])
    for (const uuid of group.files) if (group.groupName && !groupOf.has(uuid)) groupOf.set(uuid, group.groupName);
  return (theCase?.files ?? []).map((file) => mapFile(file, groupOf.get(file.uuid) ?? null));
}

function mapParty(group: MeditlinkGroup | null): VendorParty | null {
  if (!group?.uuid) return null;
  return { key: group.uuid, name: group.name ?? "", contact: mapContact(group) };
}

/** Null where nothing is known: in order lists. The address is in the order of the vendor's own form, street first. */
export function mapContact({ contact, address, homePage }: MeditlinkGroup): PartyContact | null {
  if (!contact && !address && !homePage) return null;
  const town = [address?.postal, address?.city].filter(Boolean).join(" ");
  const lines = [address?.detail1, address?.detail2, town, address?.state === address?.city ? null : address?.state];
  return {
    person: contact?.userName ?? null,
    mobile: contact?.cellPhone ?? null,
    phone: contact?.officePhone ?? null,
    homePage,
    address: lines.flatMap((line) => line || []),
  };
}

/**
 * §3.5.2, delivery[]: last change, scheduled date, company, tracking number, status, message. Their names are lost, so each is
 * tried under its likely ones; the record itself is kept raw with the order.
 */
export function mapDelivery(entry: Record<string, unknown>): Delivery {
  const text = (...names: string[]) => {
    const value = names.map((name) => entry[name]).find((one) => one !== undefined && one !== null && one !== "");
    return typeof value === "string" || typeof value === "number" ? String(value) : null;
  };
  const instant = (...names: string[]) => parseVendorDate(text(...names)).at?.toISOString() ?? null;
  return {
    updatedAt: instant("dateUpdated", "lastModified", "dateModified"),
    scheduledAt: instant("dateScheduled", "scheduledDate", "dateDelivery", "deliveryDate"),
    company: text("companyName", "company", "deliveryCompany", "deliveryCompanyName", "carrier"),
    trackingNumber: text("trackingNumber", "trackingNo", "invoiceNumber"),
    status: text("statusDisplayName", "status", "deliveryStatus"),
    message: text("message", "memo", "comment"),
  };
}

/**
 * Appendix A, Case Status. `FORM`: only the form is saved, nothing was scanned. Saved raw scans are not finished either; the
 * codes after `SCAN` describe later steps. A code we do not know says nothing.
 */
export function completenessOf(status: string | null | undefined): Completeness {
  const code = status?.toUpperCase() ?? "";
  if (code === "FORM" || code.includes("RAW")) return "incomplete";
  return /^(SCAN|CAD|CAM|MILL|COMPLETE)/.test(code) ? "complete" : "unknown";
}
