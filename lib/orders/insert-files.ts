import type { TenantTransaction } from "#lib/database/with-organisation.ts";

export type NewFile = {
  id: string;
  organisationId: string;
  orderId: string;
  key: string;
  position: number;
  nameSealed: Uint8Array;
  kind: string;
  vendorFileType: string;
  jaw: string | null;
  biteGroup: string | null;
  bytes: bigint | null;
};
export type NewScan = { id: string; organisationId: string; orderId: string; fileId: string };

/** Writes files and their scans with one statement each: a parameter per value, through the client, took longer than the database. */
export async function insertFiles(
  tx: TenantTransaction,
  files: readonly NewFile[],
  scans: readonly NewScan[],
): Promise<void> {
  if (files.length > 0) {
    const rows = files.map(({ nameSealed, bytes, ...file }) => ({
      ...file,
      name: Buffer.from(nameSealed).toString("base64"),
      bytes: bytes?.toString() ?? null,
    }));
    await tx.$executeRaw`
      INSERT INTO order_files (id, organisation_id, order_id, key, position, name_sealed, kind, vendor_file_type, jaw, bite_group, bytes)
      SELECT id, "organisationId", "orderId", key, position, decode(name, 'base64'), kind, "vendorFileType", jaw, "biteGroup", bytes
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS r (id uuid, "organisationId" uuid, "orderId" uuid, key text,
        position integer, name text, kind text, "vendorFileType" text, jaw text, "biteGroup" text, bytes bigint)`;
  }
  if (scans.length > 0)
    await tx.$executeRaw`
      INSERT INTO scans (id, organisation_id, order_id, file_id, updated_at)
      SELECT id, "organisationId", "orderId", "fileId", now()
      FROM json_to_recordset(${JSON.stringify(scans)}::json)
        AS r (id uuid, "organisationId" uuid, "orderId" uuid, "fileId" uuid)`;
}
