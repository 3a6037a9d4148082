import { newId } from "#lib/database/new-id.ts";
import type { TenantTransaction } from "#lib/database/with-organisation.ts";
import { storedFileKey } from "#lib/orders/file-key.ts";
import { insertFiles, type NewFile, type NewScan } from "#lib/orders/insert-files.ts";
import { recountScans } from "#lib/orders/recount-scans.ts";
import { openFileName, sealFileName } from "#lib/orders/seal-order.ts";
import type { VendorFile } from "#lib/vendors/vendor.ts";

export type FilesOfOrder = {
  orderId: string;
  files: readonly VendorFile[];
  /** The order's row was written with these scans counted. */
  isCounted: boolean;
};
/** What changed in the files of one order; `newScanIds` are still to be fetched. */
export type FileChanges = { added: number; removed: number; newScanIds: string[] };

/**
 * Brings the files of these orders in line with what the vendor lists, by the vendor's file key. A file that is no longer
 * listed is kept and marked; names may repeat within a case (MeditLink §1.9.5) and are never a key.
 */
export async function importFiles(
  tx: TenantTransaction,
  organisationId: string,
  given: readonly FilesOfOrder[],
  now: Date,
): Promise<Map<string, FileChanges>> {
  if (given.length === 0) return new Map();
  const orderIds = given.map((order) => order.orderId);
  const rows = await readFiles(tx, organisationId, orderIds);
  const here = new Map<string, KeptFile>(rows.map((row) => [`${row.orderId}/${row.key}`, row]));
  const changes = new Map(orderIds.map((id) => [id, { added: 0, removed: 0, newScanIds: [] } as FileChanges]));
  const newFiles: NewFile[] = [];
  const newScans: NewScan[] = [];

  for (const { orderId, files } of given) {
    const change = changes.get(orderId)!;
    const addScan = (fileId: string) => {
      const id = newId();
      newScans.push({ id, organisationId, orderId, fileId });
      change.newScanIds.push(id);
    };
    const listed = new Map(files.map((file) => [file.key, file]));
    const kept = new Set<string>();
    let position = 0;
    for (const file of listed.values()) {
      const columns = columnsOf(organisationId, file, position++);
      // Rows from before names were kept out of keys have the vendor's own.
      const row = here.get(`${orderId}/${columns.key}`) ?? here.get(`${orderId}/${file.key}`);
      if (row) kept.add(row.id);
      if (!row) {
        const id = newId();
        newFiles.push({
          id,
          organisationId,
          orderId,
          ...columns,
          nameSealed: sealFileName(organisationId, id, file.name),
        });
        change.added++;
        if (file.kind === "scan") addScan(id);
        continue;
      }
      if (row.removedAt) change.added++;
      if (differs(row, columns) || row.removedAt || openFileName(organisationId, row.id, row.nameSealed) !== file.name)
        await tx.orderFile.update({
          where: { id: row.id, organisationId },
          data: { ...columns, removedAt: null, nameSealed: sealFileName(organisationId, row.id, file.name) },
        });
      if (file.kind === "scan" && !row.hasScan) addScan(row.id);
    }
    const gone = rows.filter((row) => row.orderId === orderId && !row.removedAt && !kept.has(row.id));
    change.removed = gone.length;
    if (gone.length > 0)
      await tx.orderFile.updateMany({
        where: { organisationId, id: { in: gone.map((row) => row.id) } },
        data: { removedAt: now },
      });
  }
  await insertFiles(tx, newFiles, newScans);
  const withFiles = new Set(rows.map((row) => row.orderId));
  const counted = new Set(given.flatMap((one) => (one.isCounted && !withFiles.has(one.orderId) ? one.orderId : [])));
  const touched = [...changes].filter(([, c]) => c.added + c.removed + c.newScanIds.length > 0).map(([id]) => id);
  await recountScans(
    tx,
    organisationId,
    touched.filter((id) => !counted.has(id)),
  );
  // A picture that shows a file which is gone is drawn anew by the minute's tick.
  const smaller = [...changes].filter(([, c]) => c.removed > 0).map(([id]) => id);
  if (smaller.length > 0)
    await tx.order.updateMany({
      where: { organisationId, id: { in: smaller } },
      data: { thumbnailSha256: null, thumbnailOf: null },
    });
  return changes;
}

type KeptFile = FileColumns & {
  id: string;
  orderId: string;
  nameSealed: Uint8Array;
  removedAt: Date | null;
  hasScan: boolean;
};

function readFiles(tx: TenantTransaction, organisationId: string, orderIds: string[]): Promise<KeptFile[]> {
  return tx.$queryRaw<KeptFile[]>`
    SELECT id, order_id AS "orderId", key, position, name_sealed AS "nameSealed", kind,
      vendor_file_type AS "vendorFileType", jaw, bite_group AS "biteGroup", bytes, removed_at AS "removedAt",
      EXISTS (SELECT 1 FROM scans AS s WHERE s.file_id = f.id) AS "hasScan"
    FROM order_files AS f
    WHERE organisation_id = ${organisationId}::uuid AND order_id = ANY (${orderIds}::uuid[])`;
}

type FileColumns = ReturnType<typeof columnsOf>;

function columnsOf(organisationId: string, file: VendorFile, position: number) {
  const bytes = file.bytes;
  return {
    key: storedFileKey(organisationId, file),
    position,
    kind: file.kind as string,
    vendorFileType: file.vendorFileType,
    jaw: file.jaw as string | null,
    biteGroup: file.biteGroup,
    bytes: bytes !== null && Number.isSafeInteger(bytes) && bytes >= 0 ? BigInt(bytes) : null,
  };
}

function differs(row: FileColumns, columns: FileColumns): boolean {
  return (Object.keys(columns) as (keyof FileColumns)[]).some((name) => row[name] !== columns[name]);
}
