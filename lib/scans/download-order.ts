import { Readable } from "node:stream";
import { ZipFile } from "yazl";
import type { OrderFile, Scan } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { toAppError } from "#lib/api/problem.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log/log.ts";
import type { MeshFormat } from "#lib/mesh/mesh.ts";
import { recordDownload } from "#lib/orders/record-download.ts";
import { openFileName } from "#lib/orders/seal-order.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";
import { type DownloadFormat, nameOfScan, withEnding } from "./download-scan.ts";
import { exportScan } from "./export-scan.ts";
import { keepAttachment } from "./keep-attachment.ts";
import { safeFileName, uniqueFileName } from "./safe-file-name.ts";

type FileInOrder = OrderFile & {
  scan: Scan | null;
  order: { number: string; vendor: string; connectionId: string };
};
type ZipEntry = { name: string; open: () => Promise<Readable> };

/**
 * All files of an order as one zip, made while it is sent: scans as the vendor packed them or in another mesh format, other files
 * as they are. What cannot be included is named, with the reason, in NOT INCLUDED.txt. Audited.
 * @throws {AppError} forbidden; not_found, also for another organisation's; file_not_available when not one file is here
 */
export async function downloadOrder(
  principal: Principal,
  orderId: string,
  format: DownloadFormat,
): Promise<{ name: string; stream: Readable }> {
  requirePermission(principal, "download");
  const { organisationId } = principal;
  const order = await withOrganisation(organisationId, (tx) =>
    tx.order.findFirst({
      where: { id: orderId, organisationId },
      select: {
        number: true,
        files: {
          where: { removedAt: null, kind: { not: "group_info" } },
          orderBy: { position: "asc" },
          include: { scan: true, order: { select: { number: true, vendor: true, connectionId: true } } },
        },
      },
    }),
  );
  if (!order) throw new AppError("not_found");
  const { entries, missing } = await collect(order.files, format);
  if (entries.length === 0) throw new AppError("file_not_available");
  await withOrganisation(organisationId, (tx) => recordDownload(tx, principal, orderId, { what: "order", format }));
  return { name: `${safeFileName(order.number, "order")}.zip`, stream: zip(entries, missing) };
}

async function collect(files: FileInOrder[], format: DownloadFormat) {
  const taken = new Set<string>(["not included.txt"]);
  const entries: ZipEntry[] = [];
  const missing: string[] = [];
  for (const file of files) {
    const listed = safeFileName(openFileName(file.organisationId, file.id, file.nameSealed));
    try {
      const entry = file.kind === "scan" ? scanEntry(file, format) : await attachmentEntry(file, listed);
      entries.push({ ...entry, name: uniqueFileName(entry.name, taken) });
    } catch (error) {
      missing.push(`${listed}: ${toAppError(error).code}`);
    }
  }
  return { entries, missing };
}

/** Upper and lower are told apart by their names, also where the scanner gave both the same. */
function scanEntry(file: FileInOrder, format: DownloadFormat): ZipEntry {
  const { scan } = file;
  if (!scan?.sha256) throw new AppError("scan_not_ready");
  const { sha256 } = scan;
  const original = { sha256, format: scan.format as MeshFormat | null };
  const name = `${file.jaw ? `${file.jaw}_` : ""}${nameOfScan({ ...scan, file })}`;
  if (format === "original" || format === scan.format) return { name, open: () => objectStore().open(sha256) };
  return { name: withEnding(name, format), open: async () => (await exportScan(original, format)).stream };
}

async function attachmentEntry(file: FileInOrder, name: string): Promise<ZipEntry> {
  const sha256 = await keepAttachment(file);
  return { name, open: () => objectStore().open(sha256) };
}

/** Entries are opened one after another, each when the one before it was sent. */
function zip(entries: ZipEntry[], missing: string[]): Readable {
  const file = new ZipFile();
  const output = Readable.from(file.outputStream, { objectMode: false });
  const fail = (error: unknown) => {
    log.warn({ err: error }, "zip broke off");
    output.destroy(new Error("zip broke off", { cause: error }));
  };
  file.on("error", fail);
  for (const { name, open } of entries)
    file.addReadStreamLazy(name, (done) => {
      open().then((stream) => done(null, stream), fail);
    });
  if (missing.length > 0) file.addBuffer(Buffer.from(`${missing.join("\r\n")}\r\n`), "NOT INCLUDED.txt");
  file.end();
  return output;
}
