import { VendorError } from "#lib/vendors/error.ts";
import { deleteFile, getFile, registerFile } from "#lib/vendors/meditlink/api/files.ts";
import { parseVendorDate } from "#lib/vendors/parse-vendor-date.ts";
import type { FileSource, LocatedFile } from "#lib/vendors/vendor.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** How long a conversion is given before it is asked for again, when the vendor does not say. */
const CONVERSION_WAIT_MS = 5_000;

export const files: FileSource = {
  // Amazon S3, the bucket before the host or, for group pictures, in the path; the region is the file's, not the account's.
  signedHosts: [
    "*.s3.amazonaws.com",
    "*.s3.*.amazonaws.com",
    "s3.amazonaws.com",
    "s3.*.amazonaws.com",
    "*.s3.*.amazonaws.com.cn",
    "s3.*.amazonaws.com.cn",
  ],
  // obj is the document's own example of a conversion.
  scanFormats: ["obj", "stl", "ply"],
  locate,
  attach,
  remove,
};

type LocateInput = Parameters<FileSource["locate"]>[1];
type AttachInput = Parameters<NonNullable<FileSource["attach"]>>[1];

/** §3.4.1: a 7z in every format. Without an address the vendor is still converting. */
async function locate(session: VendorSession, { fileKey, format }: LocateInput): Promise<LocatedFile> {
  const { value, retryAfterMs } = await getFile(session, fileKey, format === "original" ? undefined : format);
  if (!value.url) return { ready: false, retryAfterMs: retryAfterMs ?? CONVERSION_WAIT_MS };
  return {
    ready: true,
    url: value.url,
    expiresAt: parseVendorDate(value.dateExpired).at,
    downloadName: value.downloadFileName ?? `${fileKey}.7z`,
    packing: "7z",
    manifest: value.items.map((item) => ({
      name: item.name,
      bytes: item.size,
      hash: item.hashValue ?? "",
      hashAlgorithm: item.hashAlgorithm ?? "",
    })),
  };
}

/** §3.4.2 and Appendix B: the address to PUT the bytes to, with the headers its signature demands. */
async function attach(session: VendorSession, input: AttachInput) {
  const registered = await registerFile(session, {
    caseUuid: input.caseKey,
    name: input.name,
    size: input.bytes,
    hashValue: input.md5Base64,
    callbackUrl: input.callbackUrl,
  });
  return {
    fileKey: registered.uuid,
    uploadUrl: registered.uploadUrl,
    headers: { "Content-MD5": input.md5Base64, "Content-Type": contentTypeOf(input.name) },
    expiresAt: parseVendorDate(registered.dateExpired).at,
  };
}

/** §3.4.4. A file that is not there any more is as good as deleted. */
async function remove(session: VendorSession, fileKey: string): Promise<void> {
  try {
    await deleteFile(session, fileKey);
  } catch (error) {
    if (!(error instanceof VendorError && error.kind === "not_found")) throw error;
  }
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  obj: "model/obj",
  stl: "model/stl",
  ply: "application/octet-stream",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  pdf: "application/pdf",
  mp4: "video/mp4",
};

function contentTypeOf(name: string): string {
  return CONTENT_TYPES[name.slice(name.lastIndexOf(".") + 1).toLowerCase()] ?? "application/octet-stream";
}
