import type { Completeness, OrderStatus } from "#lib/orders/order-schema.ts";
import { type AcceptedData, readAcceptedData } from "#lib/vendors/cadmus/read-accepted-data.ts";
import { CASE_KEYS, type UnifiedCase, unifiedCaseSchema } from "#lib/vendors/cadmus/schemas.ts";
import { listUnmappedKeys } from "#lib/vendors/list-unmapped-keys.ts";
import { parseVendorDate } from "#lib/vendors/parse-vendor-date.ts";
import type { VendorOrder, VendorParty } from "#lib/vendors/vendor.ts";

/** "Status fields" */
const STATUSES: Readonly<Record<string, OrderStatus>> = {
  new: "pending",
  accepted: "accepted",
  rejected: "rejected",
  in_production: "in_production",
  complete: "completed",
  cancelled: "cancelled",
};
const COMPLETENESS: Readonly<Record<string, Completeness>> = { complete: "complete", incomplete: "incomplete" };
const INFO_REQUESTS: Readonly<Record<string, VendorOrder["infoRequest"]>> = {
  none: "none",
  requested: "requested",
  received: "received",
};

/** An item of a page, or null for one that is no case at all: it costs itself, not its page. List entries are whole cases. */
export function mapCase(item: unknown): VendorOrder | null {
  const parsed = unifiedCaseSchema.safeParse(item);
  return parsed.success ? mapUnifiedCase(parsed.data, item) : null;
}

function mapUnifiedCase(theCase: UnifiedCase, raw: unknown): VendorOrder {
  const data = readAcceptedData(theCase.acceptedData);
  const received = parseVendorDate(theCase.createdAt);
  const due = parseVendorDate(data.dueDate);
  return {
    number: theCase.id,
    caseKey: theCase.guid,
    portalCaseKey: theCase.caseId,
    status: STATUSES[code(theCase.status)] ?? "other",
    vendorStatus: theCase.status ?? "",
    completeness: COMPLETENESS[code(theCase.completenessStatus)] ?? "unknown",
    infoRequest: INFO_REQUESTS[code(theCase.infoRequestStatus)] ?? "none",
    clinic: clinicOf(data),
    lab: null,
    patient: {
      caseName: data.caseName,
      // The top-level name may be null; the document prefers the one inside.
      patientName: data.patientName ?? theCase.patientFullname,
      patientCode: null,
      description: data.description,
      tags: [],
    },
    receivedAt: received.at,
    dueAt: due.at,
    // No change time is documented: changes are found by reading again.
    updatedAt: null,
    datesCorrected: received.corrected || due.corrected,
    form: data.restorations.length > 0 ? "teeth" : "other",
    restorations: data.restorations,
    bridges: data.bridges,
    biteGroups: [],
    delivery: [],
    portalKeys: [
      ...(theCase.portalId ? [`portal:${theCase.portalId}`] : []),
      ...(theCase.configuredPortalId ? [`configured:${theCase.configuredPortalId}`] : []),
    ],
    files: data.orderForm ? [...data.scans, data.orderForm] : data.scans,
    whole: true,
    raw,
    unmapped: [...listUnmappedKeys(raw, CASE_KEYS), ...data.unmapped],
  };
}

/** Cadmus has no ids of clinics: the normalised name is the key. */
function clinicOf({ clinicName }: AcceptedData): VendorParty | null {
  if (!clinicName) return null;
  return {
    key: clinicName.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim(),
    name: clinicName,
    contact: null,
  };
}

function code(text: string | null): string {
  return text?.toLowerCase() ?? "";
}
