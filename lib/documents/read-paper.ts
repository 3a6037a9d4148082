import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import type { Principal } from "#lib/access/principal.ts";
import type { OrderForChart } from "#lib/documents/chart-of-order.ts";
import type { FilingDetails } from "#lib/documents/document-schema.ts";
import { AppError } from "#lib/errors.ts";
import { findOrderForm } from "#lib/papers/find-order-form.ts";
import { printPapers } from "#lib/papers/print-papers.ts";
import { drawCase } from "#lib/scans/draw-case.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";

/** Kinds of files that charts take, by their first bytes. */
const FORMATS = [
  { extension: ".pdf", begins: Buffer.from("%PDF-") },
  { extension: ".png", begins: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
  { extension: ".jpg", begins: Buffer.from([0xff, 0xd8, 0xff]) },
] as const;

/** Pixels of a picture that the portal draws itself. */
const PICTURE = { width: 1440, height: 960 };

export type PaperContent = {
  bytes: Buffer;
  extension: string;
  sha256: string;
  /** The same for the same paper, whenever it was printed: what tells that it is in the chart already. */
  identity: string;
};

/**
 * The paper that is to be filed: the file that was given; else the vendor's order form or our own, our delivery note, our picture of
 * the scans.
 * @throws {AppError} unsupported_format, file_not_available where there are no scans to draw, not_converted_yet {VendorError}
 */
export async function readPaper(
  principal: Principal,
  order: OrderForChart,
  kind: FilingDetails["kind"],
  file: File | undefined,
): Promise<PaperContent> {
  const { bytes, isPrinted } = file
    ? { bytes: Buffer.from(await file.arrayBuffer()), isPrinted: false }
    : await makePaper(principal, order.id, kind);
  const format = FORMATS.find(({ begins }) => bytes.subarray(0, begins.length).equals(begins));
  if (!format) throw new AppError("unsupported_format");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { bytes, extension: format.extension, sha256, identity: isPrinted ? identityOf(order, kind) : sha256 };
}

async function makePaper(principal: Principal, orderId: string, kind: FilingDetails["kind"]) {
  if (kind === "picture") {
    const png = await drawCase(principal.organisationId, orderId, PICTURE);
    if (!png) throw new AppError("file_not_available", "no scans to draw");
    return { bytes: Buffer.from(png), isPrinted: false };
  }
  const made =
    kind === "order_form"
      ? await findOrderForm(principal, orderId)
      : await printPapers(principal, "delivery_note", [orderId]);
  if ("bytes" in made) return { bytes: made.bytes, isPrinted: true };
  return { bytes: await buffer(await objectStore().open(made.sha256)), isPrinted: false };
}

/** A print of tomorrow has another date on it and says the same: what it is made of counts. */
function identityOf({ number, status, patient, restorations, dueOn, labName }: OrderForChart, kind: string): string {
  const standing = kind === "delivery_note" ? status : null;
  return createHash("sha256")
    .update(JSON.stringify([number, standing, patient, restorations, dueOn, labName]))
    .digest("hex");
}
