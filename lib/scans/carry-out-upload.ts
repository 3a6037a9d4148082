import { setTimeout as sleep } from "node:timers/promises";
import type { Upload } from "#generated/prisma/client.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { announce } from "#lib/events/announce.ts";
import { enqueue } from "#lib/jobs/queue.ts";
import { log } from "#lib/log/log.ts";
import { recordOrderEvent } from "#lib/orders/record-order-event.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { findVendor } from "#lib/vendors/registry.ts";
import { uploadSigned } from "#lib/vendors/upload-signed.ts";
import { followUpload } from "./follow-upload.ts";
import { isNamed, readCaseFiles, registerUpload, type UploadWithOrder } from "./register-upload.ts";
import { openUploadName } from "./request-upload.ts";
import { toScanProblem } from "./scan-problem.ts";
import { makeWebhook } from "./webhook-token.ts";

/** A file that the vendor does not list by then has failed, ms after it was taken. */
const DEADLINE_MS = 30 * 60_000;
/** Between looks whether the vendor lists the file, ms; its call back may come first. */
const LOOK_MS = 15_000;
const RETRY_MS = 10_000;
/** A registered file's bytes are sent this often … */
const MOST_SENDINGS = 3;
/** … after a pause that grows by this, ms. */
const SENDING_PAUSE_MS = 500;
const WORTH_SENDING_ANEW: ReadonlySet<string> = new Set(["unavailable", "timeout", "rate_limited"]);

/**
 * One step of bringing a file to its vendor (MeditLink guide, Appendix B): register it and put its bytes, then look until the vendor
 * lists it in the case. A step that was cut off begins anew; the upload's `fileKey` says whether bytes may have arrived before.
 */
export async function carryOutUpload(
  organisationId: string,
  uploadId: string,
  options: { signal?: AbortSignal; clock?: Clock } = {},
): Promise<void> {
  const clock = options.clock ?? systemClock;
  const upload = await readUpload(organisationId, uploadId);
  if (!upload || upload.state === "listed" || upload.state === "failed") return;
  const late = clock.now().getTime() - upload.createdAt.getTime() > DEADLINE_MS;
  try {
    if (upload.state !== "processing") await send(upload, options.signal);
    else if (await isListed(upload, options.signal)) return await close(upload, "listed", null);
    if (late) return await close(upload, "failed", "vendor_timeout");
    await again(upload, LOOK_MS);
  } catch (error) {
    const problem = toScanProblem(error);
    log.warn({ uploadId, code: problem.code, err: error }, "upload step failed");
    if (late || problem.next === "final") return await close(upload, "failed", problem.code);
    await again(upload, Math.max(RETRY_MS, problem.retryAfterMs));
  }
}

async function readUpload(organisationId: string, uploadId: string): Promise<UploadWithOrder | null> {
  return withOrganisation(organisationId, async (tx) => {
    const upload = await tx.upload.findFirst({ where: { id: uploadId, organisationId } });
    const order =
      upload &&
      (await tx.order.findFirst({ where: { id: upload.orderId, organisationId }, include: { connection: true } }));
    return upload && order ? { ...upload, order } : null;
  });
}

async function send(upload: UploadWithOrder, signal?: AbortSignal): Promise<void> {
  const { organisationId, order } = upload;
  const callbackUrl = await withOrganisation(organisationId, async (tx) => {
    await tx.upload.update({
      where: { id: upload.id, organisationId },
      data: { state: "sending", problem: null, sentBytes: 0 },
    });
    return makeWebhook(tx, order);
  });
  const address = await registerUpload(upload, callbackUrl, signal);
  if (address) {
    await keepFileKey(upload, address.fileKey);
    await put(upload, address, signal);
  }
  await withOrganisation(organisationId, async (tx) => {
    await tx.upload.update({ where: { id: upload.id, organisationId }, data: { state: "processing" } });
    await announce(tx, { organisationId, topic: "order", id: order.id });
  });
}

/** @param fileKey under which bytes may have arrived; null when they surely have not */
async function keepFileKey({ organisationId, id }: Upload, fileKey: string | null): Promise<void> {
  await withOrganisation(organisationId, (tx) =>
    tx.upload.update({ where: { id, organisationId }, data: { fileKey } }),
  );
}

/**
 * Sends the bytes, and sends them anew when the line breaks: the vendor registers a file once (409 after that), so the address at
 * hand is worth more than another.
 */
async function put(
  upload: UploadWithOrder,
  address: { uploadUrl: string; headers: Record<string, string> },
  signal?: AbortSignal,
): Promise<void> {
  const { vendor } = upload.order;
  for (let tries = 1; ; tries++) {
    const progress = followUpload(upload);
    try {
      return await uploadSigned({
        vendor,
        url: address.uploadUrl,
        allowedHosts: findVendor(vendor)?.files?.signedHosts ?? [],
        body: await objectStore().open(upload.sha256),
        bytes: Number(upload.bytes),
        headers: address.headers,
        onSent: progress.sent,
        signal,
      });
    } catch (error) {
      if (error instanceof VendorError && error.noEffect && tries === 1) await keepFileKey(upload, null);
      const isBroken = error instanceof VendorError && WORTH_SENDING_ANEW.has(error.kind);
      if (!isBroken || tries >= MOST_SENDINGS) throw error;
      log.info({ uploadId: upload.id, tries, err: error }, "upload broke off, sending anew");
    } finally {
      await progress.settled();
    }
    await sleep(SENDING_PAUSE_MS * tries, undefined, { signal });
  }
}

async function isListed(upload: UploadWithOrder, signal?: AbortSignal): Promise<boolean> {
  const name = openUploadName(upload);
  const files = await readCaseFiles(upload, signal);
  return files.some((file) => file.key === upload.fileKey || isNamed(file, name));
}

async function again(upload: UploadWithOrder, pauseMs: number): Promise<void> {
  const { organisationId, id } = upload;
  await withOrganisation(organisationId, (tx) =>
    enqueue(tx, "carry-out-upload", { organisationId, uploadId: id }, { startAfter: new Date(Date.now() + pauseMs) }),
  );
}

async function close(upload: UploadWithOrder, state: "listed" | "failed", problem: string | null): Promise<void> {
  const { organisationId, id, orderId } = upload;
  await withOrganisation(organisationId, async (tx) => {
    const { count } = await tx.upload.updateMany({
      where: { id, organisationId, state: { notIn: ["listed", "failed"] } },
      data: { state, problem },
    });
    if (count === 0) return;
    const facts = { uploadId: id, ...(problem ? { problem } : {}) };
    await recordOrderEvent(tx, { organisationId, orderId, kind: `attachment_${state}`, facts });
    await announce(tx, { organisationId, topic: "order", id: orderId });
  });
}
