import type { Connection, Upload } from "#generated/prisma/client.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log/log.ts";
import { importOrders } from "#lib/orders/import-orders.ts";
import { VendorError } from "#lib/vendors/error.ts";
import type { FileSource, VendorFile } from "#lib/vendors/vendor.ts";
import { openUploadName, sealUploadName } from "./request-upload.ts";

export type UploadWithOrder = Upload & {
  order: {
    id: string;
    organisationId: string;
    number: string;
    vendor: string;
    caseKey: string | null;
    receivedAt: Date;
    connection: Connection;
  };
};

type Address = Awaited<ReturnType<NonNullable<FileSource["attach"]>>>;

/** A file is registered under its own name and under this many less one after it. */
const MOST_NAMES = 4;

/**
 * Registers a file with its vendor. The vendor takes a registration once (409 after that) and never tells the address again, so one
 * whose answer was lost leads nowhere: as long as no byte was sent and the case does not hold the file, it is registered under
 * another name, which the member sees then.
 * @returns where to put the bytes; null when they may be there already: then the file is looked for in the case
 */
export async function registerUpload(
  upload: UploadWithOrder,
  callbackUrl: string,
  signal?: AbortSignal,
): Promise<Address | null> {
  let name = openUploadName(upload);
  for (let tries = 1; ; tries++) {
    try {
      return await attach(upload, name, callbackUrl, signal);
    } catch (error) {
      const kind = error instanceof VendorError ? error.kind : null;
      const isLast = tries >= MOST_NAMES;
      if (kind === "bad_content" && !isLast) continue; // registered, perhaps: the next answer tells
      if (kind !== "conflict") throw error;
      if (upload.fileKey !== null || isLast || (await isInCase(upload, name, signal))) return null;
      name = await rename(upload, name);
    }
  }
}

async function attach(upload: UploadWithOrder, name: string, callbackUrl: string, signal?: AbortSignal) {
  const { organisationId, order, md5 } = upload;
  const register = { name, bytes: Number(upload.bytes), md5Base64: md5, callbackUrl };
  return withSession(
    order.connection.id,
    organisationId,
    (session, vendor) => {
      if (!vendor.files?.attach || !order.caseKey) throw new AppError("action_not_available");
      return vendor.files.attach(session, { ...register, caseKey: order.caseKey });
    },
    { signal },
  );
}

/** "bite.stl" → "bite (2).stl" → "bite (3).stl" */
async function rename(upload: UploadWithOrder, name: string): Promise<string> {
  const { organisationId, id } = upload;
  const [, stem = name, count = "1", ending = ""] = /^(.+?)(?: \((\d+)\))?(\.[^.]*)?$/s.exec(name) ?? [];
  const next = `${stem} (${Number(count) + 1})${ending}`;
  const nameSealed = sealUploadName(next, organisationId, id);
  await withOrganisation(organisationId, (tx) =>
    tx.upload.update({ where: { id, organisationId }, data: { nameSealed } }),
  );
  log.info({ uploadId: id }, "upload registered already and its address lost, taking another name");
  return next;
}

async function isInCase(upload: UploadWithOrder, name: string, signal?: AbortSignal): Promise<boolean> {
  const files = await readCaseFiles(upload, signal);
  return files.some((file) => isNamed(file, name) && file.bytes === Number(upload.bytes));
}

/** The vendor may give a converted file another id, and then it keeps the name: "x.obj" → "x.obj.general.meditMesh". */
export function isNamed(file: Pick<VendorFile, "name">, name: string): boolean {
  return file.name === name || file.name.startsWith(`${name}.general.`);
}

/** Reads the order at the vendor and keeps what it shows. @returns the files of its case */
export async function readCaseFiles(upload: UploadWithOrder, signal?: AbortSignal): Promise<VendorFile[]> {
  const { organisationId, order } = upload;
  const fetchStartedAt = new Date();
  const whole = await withSession(
    order.connection.id,
    organisationId,
    (session, vendor) => {
      if (!vendor.orders) throw new AppError("action_not_available");
      return vendor.orders.get(session, order.number, order.receivedAt);
    },
    { signal },
  );
  await withOrganisation(organisationId, (tx) => importOrders(tx, order.connection, [whole], { fetchStartedAt }));
  return whole.files ?? [];
}
