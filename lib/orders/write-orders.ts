import { Prisma } from "#generated/prisma/client.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";

/** The columns an import changes: name in the database, and how its value is read from JSON. */
const COLUMNS = {
  status: { name: "status", type: "text" },
  vendorStatus: { name: "vendor_status", type: "text" },
  completeness: { name: "completeness", type: "text" },
  infoRequest: { name: "info_request", type: "text" },
  side: { name: "side", type: "text" },
  clinicId: { name: "clinic_id", type: "uuid" },
  labId: { name: "lab_id", type: "uuid" },
  caseKey: { name: "case_key", type: "text" },
  portalCaseKey: { name: "portal_case_key", type: "text" },
  vendorUpdatedAt: { name: "vendor_updated_at", type: "timestamptz" },
  datesCorrected: { name: "dates_corrected", type: "boolean" },
  form: { name: "form", type: "text" },
  restorations: { name: "restorations", type: "jsonb" },
  bridges: { name: "bridges", type: "jsonb" },
  biteGroups: { name: "bite_groups", type: "jsonb" },
  delivery: { name: "delivery", type: "jsonb" },
  portalKeys: { name: "portal_keys", type: "text[]" },
  patientSealed: { name: "patient_sealed", type: "bytea" },
  rawSealed: { name: "raw_sealed", type: "bytea" },
  searchTokens: { name: "search_tokens", type: "bigint[]" },
  receivedAt: { name: "received_at", type: "timestamptz" },
  dueOn: { name: "due_on", type: "date" },
  fetchedAt: { name: "fetched_at", type: "timestamptz" },
  syncedAt: { name: "synced_at", type: "timestamptz" },
  detailFetchedAt: { name: "detail_fetched_at", type: "timestamptz" },
  scansCount: { name: "scans_count", type: "integer" },
} as const;

type ColumnName = keyof typeof COLUMNS;
type Column = { name: string; type: string };
export type ChangedColumns = { [name in ColumnName]?: unknown };

/** The columns only a new order is given. */
const NEW_COLUMNS = {
  ...COLUMNS,
  organisationId: { name: "organisation_id", type: "uuid" },
  connectionId: { name: "connection_id", type: "uuid" },
  vendor: { name: "vendor", type: "text" },
  number: { name: "number", type: "text" },
} as const;

export type NewOrder = { [name in keyof typeof NEW_COLUMNS]: unknown } & { id: string };

/**
 * Writes new orders with one statement; one that somebody else has just brought is left as it is.
 * @returns number → id of those that were written
 */
export async function insertOrders(tx: TenantTransaction, orders: readonly NewOrder[]): Promise<Map<string, string>> {
  const names = Object.keys(NEW_COLUMNS) as (keyof typeof NEW_COLUMNS)[];
  const rows = orders.map(({ id, ...columns }) => ({ id, ...asJson(columns) }));
  const targets = names.map((name) => Prisma.raw(NEW_COLUMNS[name].name));
  const values = names.map((name) => Prisma.raw(readBack(NEW_COLUMNS[name])));
  const fields = names.map((name) => Prisma.raw(`${NEW_COLUMNS[name].name} ${typeInJson(NEW_COLUMNS[name])}`));
  const written = await tx.$queryRaw<{ id: string; number: string }[]>`
    INSERT INTO orders (id, ${Prisma.join(targets)})
    SELECT r.id, ${Prisma.join(values)}
    FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r (id uuid, ${Prisma.join(fields)})
    ON CONFLICT DO NOTHING RETURNING id, number`;
  return new Map(written.map((row) => [row.number, row.id]));
}

/**
 * Writes each order's columns and moves its version, one statement for all orders that change in the same columns: an update of
 * its own per order was most of an import's time.
 */
export async function updateOrders(
  tx: TenantTransaction,
  organisationId: string,
  changes: readonly { id: string; columns: ChangedColumns }[],
): Promise<void> {
  const byColumns = Map.groupBy(changes, ({ columns }) => Object.keys(columns).sort().join());
  for (const alike of byColumns.values()) {
    const names = Object.keys(alike[0]!.columns) as ColumnName[];
    const rows = alike.map(({ id, columns }) => ({ id, ...asJson(columns) }));
    const sets = names.map((name) => Prisma.raw(`${COLUMNS[name].name} = ${readBack(COLUMNS[name])}`));
    const fields = names.map((name) => Prisma.raw(`${COLUMNS[name].name} ${typeInJson(COLUMNS[name])}`));
    await tx.$executeRaw`
      UPDATE orders AS o SET version = o.version + 1, ${Prisma.join(sets)}
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r (id uuid, ${Prisma.join(fields)})
      WHERE o.id = r.id AND o.organisation_id = ${organisationId}::uuid`;
  }
}

/** Bytes travel as base64, arrays of 64-bit numbers as PostgreSQL writes them; JSON has neither. */
function asJson(columns: { [name: string]: unknown }): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, value]) => {
      const { name: column, type } = NEW_COLUMNS[name as keyof typeof NEW_COLUMNS];
      if (type === "bytea") return [column, Buffer.from(value as Uint8Array).toString("base64")];
      if (type === "bigint[]") return [column, `{${(value as bigint[]).join()}}`];
      return [column, value];
    }),
  );
}

function typeInJson({ type }: Column): string {
  return type === "bytea" || type === "bigint[]" ? "text" : type;
}

function readBack({ name: column, type }: Column): string {
  if (type === "bytea") return `decode(r.${column}, 'base64')`;
  return type === "bigint[]" ? `r.${column}::bigint[]` : `r.${column}`;
}
