import type { Order } from "#generated/prisma/client.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";

/** What an import needs to know of an order that is here. The search index, most of a row's width, is not read back. */
export type KnownOrder = Pick<
  Order,
  | "id"
  | "organisationId"
  | "number"
  | "status"
  | "vendorStatus"
  | "completeness"
  | "clinicId"
  | "labId"
  | "caseKey"
  | "portalCaseKey"
  | "receivedAt"
  | "dueOn"
  | "vendorUpdatedAt"
  | "fetchedAt"
  | "detailFetchedAt"
  | "datesCorrected"
  | "scansCount"
  | "form"
  | "restorations"
  | "bridges"
  | "patientSealed"
  | "rawSealed"
>;

/** Reads a connection's orders by number and locks them until the transaction ends, always in the same order. */
export async function lockOrders(
  tx: TenantTransaction,
  place: { organisationId: string; connectionId: string },
  numbers: readonly string[],
): Promise<Map<string, KnownOrder>> {
  if (numbers.length === 0) return new Map();
  const rows = await tx.$queryRaw<KnownOrder[]>`
    SELECT id, organisation_id AS "organisationId", number, status, vendor_status AS "vendorStatus", completeness,
      clinic_id AS "clinicId", lab_id AS "labId", case_key AS "caseKey", portal_case_key AS "portalCaseKey",
      received_at AS "receivedAt", due_on AS "dueOn", vendor_updated_at AS "vendorUpdatedAt", fetched_at AS "fetchedAt",
      detail_fetched_at AS "detailFetchedAt", dates_corrected AS "datesCorrected", scans_count AS "scansCount",
      form, restorations, bridges, patient_sealed AS "patientSealed", raw_sealed AS "rawSealed"
    FROM orders
    WHERE organisation_id = ${place.organisationId}::uuid AND connection_id = ${place.connectionId}::uuid
      AND number = ANY (${numbers})
    ORDER BY number FOR UPDATE`;
  return new Map(rows.map((row) => [row.number, row]));
}
