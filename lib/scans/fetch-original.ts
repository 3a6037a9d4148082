import { withSession } from "#lib/connections/with-session.ts";
import { AppError } from "#lib/errors.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { findVendor } from "#lib/vendors/registry.ts";
import type { FileSource, LocatedFile } from "#lib/vendors/vendor.ts";
import { downloadLocated } from "./download-located.ts";
import { listArchive } from "./list-archive.ts";
import { matchesHash } from "./matches-hash.ts";
import { ScanError } from "./scan-error.ts";
import { type ManifestItem, type UnpackedFile, unpackArchive } from "./unpack-archive.ts";

export type FileFormat = FileSource["scanFormats"][number];

/** A file of an order, as its vendor knows it. */
export type VendorFileRef = {
  organisationId: string;
  connectionId: string;
  vendor: string;
  orderNumber: string;
  fileKey: string;
  fileName: string;
};

/** The vendor has it, but not yet in the asked form. */
export class NotReadyError extends Error {
  override name = "NotReadyError";
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super("the vendor is still converting");
    this.retryAfterMs = retryAfterMs;
  }
}

/** Addresses asked for per format before giving up (F38, F40). */
const MOST_ADDRESSES = 3;

/**
 * Brings one file from its vendor into `folder`, unpacked and verified against what the vendor says of it. Formats are tried in
 * order; a file that arrives damaged or whose address died is asked for again.
 * @returns the file's bytes under a name of ours, with the name that the vendor gave it
 * @throws {NotReadyError} {VendorError} {ScanError} {AppError} reconnect_needed, file_not_available
 */
export async function fetchOriginal(
  file: VendorFileRef,
  formats: readonly FileFormat[],
  folder: string,
  signal?: AbortSignal,
): Promise<UnpackedFile> {
  let refusal: unknown = new AppError("file_not_available");
  for (const format of formats) {
    try {
      return await fetchInFormat(file, format, folder, signal);
    } catch (error) {
      // "This file does not come in this form": the next form may.
      if (!(error instanceof VendorError) || (error.kind !== "invalid" && error.kind !== "not_found")) throw error;
      refusal = error;
    }
  }
  throw refusal;
}

async function fetchInFormat(
  file: VendorFileRef,
  format: FileFormat,
  folder: string,
  signal?: AbortSignal,
): Promise<UnpackedFile> {
  for (let asked = 1; ; asked++) {
    const located = await locate(file, format, signal);
    if (!located.ready) throw new NotReadyError(located.retryAfterMs);
    try {
      return await fetchLocated(file, located, folder, signal);
    } catch (error) {
      if (asked >= MOST_ADDRESSES || !isWorthAnotherAddress(error)) throw error;
    }
  }
}

async function locate(file: VendorFileRef, format: FileFormat, signal?: AbortSignal): Promise<LocatedFile> {
  const { orderNumber, fileKey, fileName } = file;
  return withSession(
    file.connectionId,
    file.organisationId,
    (session, vendor) => {
      if (!vendor.files) throw new AppError("file_not_available");
      return vendor.files.locate(session, { orderNumber, fileKey, fileName, format });
    },
    { signal },
  );
}

/** Downloads, unpacks and verifies. @throws {VendorError} {ScanError} */
export async function fetchLocated(
  file: Pick<VendorFileRef, "vendor">,
  located: LocatedFile & { ready: true },
  folder: string,
  signal?: AbortSignal,
): Promise<UnpackedFile> {
  const allowedHosts = findVendor(file.vendor)?.files?.signedHosts ?? [];
  const downloaded = await downloadLocated({ vendor: file.vendor, url: located.url, allowedHosts, signal }, folder);
  const manifest = located.manifest?.map(
    ({ name, bytes, hash }): ManifestItem => ({ name, bytes, hash: hash || null }),
  );
  if (located.packing === "none") {
    const [said] = manifest ?? [];
    if (said && said.bytes !== downloaded.bytes)
      throw new ScanError("size_mismatch", `${downloaded.bytes} bytes came; the vendor says ${said.bytes}.`);
    if (said?.hash && !matchesHash(said.hash, downloaded))
      throw new ScanError("hash_mismatch", "The file's content does not have the vendor's hash.");
    return { name: said?.name ?? located.downloadName, ...downloaded };
  }
  const items = manifest?.length
    ? manifest
    : (await listArchive(downloaded.path, { signal })).map((entry) => ({ ...entry, hash: null }));
  const unpacked = await unpackArchive(downloaded.path, items, { directory: folder, signal });
  const chosen = unpacked.find(({ name }) => isMeshName(name)) ?? unpacked[0];
  if (!chosen) throw new ScanError("entry_missing", "The archive is empty.");
  return chosen;
}

export function isMeshName(name: string): boolean {
  return /\.(obj|stl|ply)$/i.test(name);
}

function isWorthAnotherAddress(error: unknown): boolean {
  if (error instanceof VendorError) return error.kind === "link_expired" || error.kind === "bad_content";
  return (
    error instanceof ScanError &&
    ["hash_mismatch", "size_mismatch", "entry_missing", "archive_unreadable"].includes(error.code)
  );
}
