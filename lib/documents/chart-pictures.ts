import type { z } from "zod";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { requireMatch, requireSamePatient, withCharts } from "#lib/documents/chart-of-order.ts";
import type { bringPicturesBodySchema, ChartPicture } from "#lib/documents/document-schema.ts";
import { record } from "#lib/documents/match-patient.ts";
import { hasOurKey } from "#lib/documents/paper-key.ts";
import { AppError } from "#lib/errors.ts";
import { requestUpload, requireAttachable } from "#lib/scans/request-upload.ts";
import type { UploadView } from "#lib/scans/upload-view.ts";
import { withDropAccount } from "#lib/sftp-drop/drop-accounts.ts";
import type { ChartDocument } from "#lib/vendors/document-store.ts";

const PICTURES = [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff"];
/** A thumbnail is 100 × 100; anything much larger is none, bytes. */
const LARGEST_THUMBNAIL = 64 * 1024;
/** An office may answer before its file is on our site, ms. */
const ARRIVES_WITHIN_MS = 8_000;

/**
 * Pictures in the chart of an order's patient: images and mounts, with thumbnails where the portal has an SFTP site that the
 * practice can put them on.
 * @throws {AppError} forbidden, chart_not_matched, reconnect_needed {VendorError}
 */
export async function listChartPictures(principal: Principal, orderId: string): Promise<{ items: ChartPicture[] }> {
  requirePermission(principal, "decide");
  const match = await requireMatch(principal, orderId);
  const { connectionId, patient } = match;
  const documents = await withCharts(principal, connectionId, (charts, session, zone) =>
    charts.list(session, patient.key, zone),
  );
  // What came from here need not go back.
  const pictures = documents
    .filter(({ description }) => !hasOurKey(description))
    .filter(({ kind, extension }) => kind === "mount" || PICTURES.includes(extension));
  const thumbnails = pictures.some(({ kind }) => kind === "document")
    ? await fetchThumbnails(principal, connectionId, patient.key)
    : new Map<string, string>();
  const { organisationId } = principal;
  await withOrganisation(organisationId, (tx) =>
    appendAudit(tx, {
      organisationId,
      actorId: principal.userId,
      action: "chart.pictures_listed",
      subjectType: "order",
      subjectId: orderId,
      facts: { found: pictures.length },
    }),
  );
  return {
    items: pictures.map(({ extension: _, createdAt, ...picture }) => ({
      ...picture,
      createdAt: createdAt?.toISOString() ?? null,
      thumbnail: (picture.kind === "document" && thumbnails.get(picture.key)) || null,
    })),
  };
}

async function fetchThumbnails(
  principal: Principal,
  connectionId: string,
  patientKey: string,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  await withDropAccount(principal, connectionId, "bring", async ({ folder, addressOf }) => {
    const site = addressOf("small");
    const sent = await withCharts(principal, connectionId, (charts, session) =>
      charts.pushThumbnails(session, patientKey, { ...site, path: `${site.path}/` }),
    );
    const until = performance.now() + ARRIVES_WITHIN_MS;
    for (const { key, fileName } of sent) {
      const bytes = await folder.readArriving(`${site.path}/${fileName}`, until);
      const type = bytes && bytes.length <= LARGEST_THUMBNAIL ? typeOf(bytes) : null;
      if (bytes && type) found.set(key, `data:${type};base64,${bytes.toString("base64")}`);
    }
  });
  return found;
}

/** By the first bytes, not by a name of the practice's. */
function typeOf(bytes: Buffer): string | null {
  const start = bytes.subarray(0, 4).toString("latin1");
  if (start === "\x89PNG") return "image/png";
  if (start.startsWith("\xff\xd8\xff")) return "image/jpeg";
  return start === "GIF8" ? "image/gif" : null;
}

/**
 * Brings chosen pictures over: each becomes an attachment of the order, and goes to the vendor's case like any other.
 * @throws {AppError} forbidden, chart_not_matched, action_not_available, not_found for a picture of somebody else {VendorError}
 */
export async function bringPictures(
  principal: Principal,
  orderId: string,
  { pictures }: z.infer<typeof bringPicturesBodySchema>,
): Promise<{ uploads: UploadView[] }> {
  requirePermission(principal, "decide");
  const { organisationId } = principal;
  const match = await requireMatch(principal, orderId);
  const { connectionId, patient } = match;
  await withOrganisation(organisationId, (tx) => requireAttachable(tx, organisationId, orderId));
  const listed = await withCharts(principal, connectionId, async (charts, session, zone) => {
    await requireSamePatient(charts, session, match);
    return charts.list(session, patient.key, zone);
  });
  // A number is not enough: it could be anybody's picture. Only what this patient's list shows is brought over.
  const chosen = pictures.map(({ kind, key }) => listed.find((one) => one.kind === kind && one.key === key));
  const uploads: UploadView[] = [];
  for (const document of chosen) {
    if (!document) throw new AppError("not_found");
    uploads.push(await requestUpload(principal, orderId, await fetchPicture(principal, connectionId, document)));
  }
  await withOrganisation(organisationId, (tx) =>
    record(tx, principal, orderId, "chart.pictures_brought", "chart_brought", { pictures: uploads.length }),
  );
  return { uploads };
}

/** The practice puts the picture on our SFTP site; the attachment's name says which document it was, and nothing of a person. */
async function fetchPicture(principal: Principal, connectionId: string, document: ChartDocument): Promise<File> {
  const extension = document.kind === "mount" ? ".jpg" : document.extension;
  return withDropAccount(principal, connectionId, "bring", async ({ folder, addressOf }) => {
    const site = addressOf(`picture${extension}`);
    await withCharts(principal, connectionId, (charts, session) => charts.push(session, document, site));
    const bytes = await folder.readArriving(site.path, performance.now() + ARRIVES_WITHIN_MS);
    if (!bytes || bytes.length === 0) throw new AppError("file_not_available");
    return new File([new Uint8Array(bytes)], `chart-${document.kind}-${document.key}${extension}`);
  });
}
