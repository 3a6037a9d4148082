import { rm } from "node:fs/promises";
import type { OrderFile } from "#generated/prisma/client.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { vendorFileKey } from "#lib/orders/file-key.ts";
import { openFileName } from "#lib/orders/seal-order.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";
import { fetchOriginal, NotReadyError } from "./fetch-original.ts";
import { ScanError } from "./scan-error.ts";

export type FileOfOrder = OrderFile & { order: { number: string; vendor: string; connectionId: string } };

/**
 * The bytes of a file that is no scan, fetched from the vendor the first time somebody wants them.
 * @returns where they lie in the object store
 * @throws {AppError} file_not_available, reconnect_needed, hash_mismatch … {VendorError}
 */
export async function keepAttachment(file: FileOfOrder): Promise<string> {
  if (file.originalSha256 && (await objectStore().has(file.originalSha256))) return file.originalSha256;
  const { organisationId, order } = file;
  const folder = await objectStore().makeWorkFolder();
  try {
    const ref = {
      organisationId,
      connectionId: order.connectionId,
      vendor: order.vendor,
      orderNumber: order.number,
      fileKey: vendorFileKey(file),
      fileName: openFileName(organisationId, file.id, file.nameSealed),
    };
    const original = await fetchOriginal(ref, ["original"], folder);
    const { sha256 } = await objectStore().putFile(original.path);
    await withOrganisation(organisationId, (tx) =>
      tx.orderFile.update({
        where: { id: file.id, organisationId },
        data: { originalSha256: sha256, state: "ready", problem: null },
      }),
    );
    return sha256;
  } catch (error) {
    if (error instanceof ScanError) throw new AppError(error.code, error.message, { cause: error });
    if (error instanceof NotReadyError) throw new AppError("not_converted_yet", error.message, { retryAfter: 10 });
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
