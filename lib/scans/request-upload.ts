import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import type { Upload } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { seal, unseal } from "#lib/crypto/seal.ts";
import { newId } from "#lib/database/new-id.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { announce } from "#lib/events/announce.ts";
import { enqueue } from "#lib/jobs/queue.ts";
import type { Side } from "#lib/orders/order-schema.ts";
import { recordOrderEvent } from "#lib/orders/record-order-event.ts";
import { objectStore } from "#lib/storage/object-store-of-portal.ts";
import { lacksScope } from "#lib/vendors/lacks-scope.ts";
import { findVendor } from "#lib/vendors/registry.ts";
import { safeFileName } from "./safe-file-name.ts";
import type { UploadView } from "./upload-view.ts";

const namePlace = (organisationId: string, uploadId: string) => ({
  organisationId,
  table: "uploads",
  column: "name_sealed",
  row: uploadId,
});

export function openUploadName(upload: Pick<Upload, "organisationId" | "id" | "nameSealed">): string {
  return unseal(upload.nameSealed, namePlace(upload.organisationId, upload.id)).toString("utf8");
}

export function sealUploadName(name: string, organisationId: string, uploadId: string): Uint8Array<ArrayBuffer> {
  return seal(name, namePlace(organisationId, uploadId));
}

/**
 * Takes a file to attach to an order's case: kept here now, sent to the vendor by a job.
 * @throws {AppError} forbidden, not_found, action_not_available, reconnect_needed, vendor_scope_missing
 */
export async function requestUpload(principal: Principal, orderId: string, file: File): Promise<UploadView> {
  requirePermission(principal, "decide");
  const { organisationId, userId } = principal;
  await withOrganisation(organisationId, (tx) => requireAttachable(tx, organisationId, orderId));
  const bytes = Buffer.from(await file.arrayBuffer());
  const md5 = createHash("md5").update(bytes).digest("base64");
  const { sha256 } = await objectStore().putStream(Readable.from([bytes]));
  const id = newId();
  const name = safeFileName(file.name);
  return withOrganisation(organisationId, async (tx) => {
    await requireAttachable(tx, organisationId, orderId);
    const upload = await tx.upload.create({
      data: {
        id,
        organisationId,
        orderId,
        nameSealed: sealUploadName(name, organisationId, id),
        sha256,
        md5,
        bytes: BigInt(bytes.length),
        requestedBy: userId,
      },
    });
    await appendAudit(tx, {
      organisationId,
      actorId: userId,
      action: "attachment.requested",
      subjectType: "order",
      subjectId: orderId,
      facts: { uploadId: id, sha256, bytes: bytes.length },
    });
    await recordOrderEvent(tx, {
      organisationId,
      orderId,
      kind: "attachment_added",
      actorId: userId,
      facts: { uploadId: id },
    });
    await enqueue(tx, "carry-out-upload", { organisationId, uploadId: id });
    await announce(tx, { organisationId, topic: "order", id: orderId });
    return toUploadView(upload);
  });
}

/** Files of an order that are or were on their way, newest first. @throws {AppError} not_found */
export async function listUploads(principal: Principal, orderId: string): Promise<{ items: UploadView[] }> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    if ((await tx.order.count({ where: { id: orderId, organisationId } })) === 0) throw new AppError("not_found");
    const uploads = await tx.upload.findMany({
      where: { orderId, organisationId },
      orderBy: { createdAt: "desc" },
      take: 100,
    });
    return { items: uploads.map(toUploadView) };
  });
}

/** @throws {AppError} not_found, action_not_available, reconnect_needed, vendor_scope_missing */
export async function requireAttachable(tx: TenantTransaction, organisationId: string, orderId: string) {
  const order = await tx.order.findFirst({
    where: { id: orderId, organisationId },
    select: { vendor: true, side: true, caseKey: true, connection: { select: { state: true, missingScopes: true } } },
  });
  if (!order) throw new AppError("not_found");
  const vendor = findVendor(order.vendor);
  if (!vendor?.capabilities.attachments[order.side as Side] || !vendor.files?.attach || !order.caseKey)
    throw new AppError("action_not_available");
  const { state, missingScopes } = order.connection;
  if (state !== "connected") throw new AppError("reconnect_needed");
  const attaching = vendor.endpoints.find((endpoint) => endpoint.attaches);
  if (lacksScope(attaching, missingScopes)) throw new AppError("vendor_scope_missing");
}

function toUploadView(upload: Upload): UploadView {
  return {
    id: upload.id,
    name: openUploadName(upload),
    bytes: Number(upload.bytes),
    sentBytes: Number(upload.sentBytes),
    state: upload.state as UploadView["state"],
    problem: upload.problem,
    createdAt: upload.createdAt.toISOString(),
  };
}
