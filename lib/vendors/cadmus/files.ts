import { getFile, getOrderForm } from "#lib/vendors/cadmus/api/files.ts";
import { ORDER_FORM_KEY } from "#lib/vendors/cadmus/read-accepted-data.ts";
import { parseVendorDate } from "#lib/vendors/parse-vendor-date.ts";
import type { FileSource, LocatedFile } from "#lib/vendors/vendor.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

const NOT_READY_WAIT_MS = 5_000;

export const files: FileSource = {
  signedHosts: ["storage.googleapis.com", "*.storage.googleapis.com"],
  scanFormats: ["original"],
  locate,
  orderForm: locateOrderForm,
};

type LocateInput = Parameters<FileSource["locate"]>[1];

/** Scan files as they were collected: Cadmus converts nothing. Keys are "fileType:filename". */
async function locate(session: VendorSession, { orderNumber, fileKey, fileName }: LocateInput): Promise<LocatedFile> {
  if (fileKey === ORDER_FORM_KEY) return await locateOrderForm(session, orderNumber);
  const colon = fileKey.indexOf(":");
  const name = fileKey.slice(colon + 1);
  return located(await getFile(session, orderNumber, name, fileKey.slice(0, colon)), fileName);
}

async function locateOrderForm(session: VendorSession, orderNumber: string): Promise<LocatedFile> {
  return located(await getOrderForm(session, orderNumber), "order form.pdf");
}

function located(answer: Awaited<ReturnType<typeof getFile>>, fallbackName: string): LocatedFile {
  const { url, filename, expiresAt } = answer.value;
  if (!url) return { ready: false, retryAfterMs: answer.retryAfterMs ?? NOT_READY_WAIT_MS };
  return {
    ready: true,
    url,
    expiresAt: parseVendorDate(expiresAt).at,
    downloadName: filename ?? fallbackName,
    packing: "none",
    manifest: null,
  };
}
