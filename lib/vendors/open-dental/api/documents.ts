import { z } from "zod";
import { env } from "#lib/env.ts";
import { vendorFetch } from "#lib/vendors/http.ts";
import { allPages } from "#lib/vendors/open-dental/all-pages.ts";
import { EMPTY, readEndpoint, writeEndpoint } from "#lib/vendors/open-dental/config.ts";
import { detailFields, num, numParam, pageQuery, sftpFields } from "#lib/vendors/open-dental/fields.ts";
import { documentListSchema, documentSchema, doneSchema, sentFilesSchema } from "#lib/vendors/open-dental/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** Operations of "API Documents", the guide, and of its newer versions on the vendor's site. */

const DOC_NUM = z.strictObject({ DocNum: numParam });

export const listDocumentsEndpoint = readEndpoint({
  name: "listDocuments",
  path: "/documents",
  section: "Documents GET",
  query: z.strictObject({ PatNum: z.coerce.number().int().min(1), ...pageQuery }),
  response: documentListSchema,
});

/** "Documents GET": documents and mounts of a patient, all pages. */
export async function listDocuments(session: VendorSession, PatNum: string) {
  return allPages(
    async (page) => (await vendorFetch(session, listDocumentsEndpoint, { query: { PatNum, ...page } })).value,
  );
}

export const getDocumentEndpoint = readEndpoint({
  name: "getDocument",
  path: "/documents/{DocNum}",
  section: "Documents GET (single), 24.2.32",
  params: DOC_NUM,
  response: documentSchema,
});

export async function getDocument(session: VendorSession, DocNum: string) {
  return (await vendorFetch(session, getDocumentEndpoint, { params: { DocNum } })).value;
}

/** "JSON body max 16.8 M characters." */
const MOST_JSON = 16_800_000;

const uploadBodySchema = z.strictObject({
  PatNum: num,
  rawBase64: z.base64().min(4).max(16_700_000),
  extension: z.string().regex(/^\.[A-Za-z0-9]{1,8}$/),
  ...detailFields,
});

export const uploadDocumentEndpoint = writeEndpoint({
  name: "uploadDocument",
  method: "POST",
  path: "/documents/Upload",
  section: "Documents POST Upload",
  body: uploadBodySchema,
  mostBodyBytes: MOST_JSON,
  response: documentSchema,
  standIns: EMPTY,
  slow: true,
  scope: "Documents",
  repeat: "once",
});

/** "Documents POST Upload": the file inside the call. Newer versions answer the document, older ones nothing. */
export async function uploadDocument(session: VendorSession, body: z.input<typeof uploadBodySchema>) {
  return (await vendorFetch(session, uploadDocumentEndpoint, { body })).value;
}

/** The practice fetches the address when somebody first opens the document, days later: only links of our own live that long. */
const ownLink = z.url().refine((url) => url.startsWith(`${env().PORTAL_URL}/`), "must be a link of this portal");
const setByUrlBodySchema = z.strictObject({ PatNum: num, url: ownLink, ...detailFields });

export const setDocumentByUrlEndpoint = writeEndpoint({
  name: "setDocumentByUrl",
  method: "POST",
  path: "/documents/SetByUrl",
  section: "Documents POST SetByUrl",
  body: setByUrlBodySchema,
  response: documentSchema,
  standIns: EMPTY,
  scope: "AllOthers",
  repeat: "once",
});

export async function setDocumentByUrl(session: VendorSession, body: z.input<typeof setByUrlBodySchema>) {
  const checked = setByUrlBodySchema.parse(body);
  return (await vendorFetch(session, setDocumentByUrlEndpoint, { body: checked })).value;
}

const uploadSftpBodySchema = z.strictObject({ PatNum: num, ...sftpFields, ...detailFields });

export const uploadDocumentSftpEndpoint = writeEndpoint({
  name: "uploadDocumentSftp",
  method: "POST",
  path: "/documents/UploadSftp",
  section: "Documents POST UploadSftp",
  body: uploadSftpBodySchema,
  response: documentSchema,
  standIns: EMPTY,
  slow: true,
  scope: "AllOthers",
  repeat: "once",
});

/** "Documents POST UploadSftp": the practice fetches the file from an SFTP site. */
export async function uploadDocumentSftp(session: VendorSession, body: z.input<typeof uploadSftpBodySchema>) {
  return (await vendorFetch(session, uploadDocumentSftpEndpoint, { body })).value;
}

const downloadSftpBodySchema = z.union([
  z.strictObject({ DocNum: num, ...sftpFields }),
  z.strictObject({ MountNum: num, ...sftpFields }),
]);

export const downloadDocumentSftpEndpoint = writeEndpoint({
  name: "downloadDocumentSftp",
  method: "POST",
  path: "/documents/DownloadSftp",
  section: "Documents POST DownloadSftp",
  body: downloadSftpBodySchema,
  response: doneSchema,
  standIns: EMPTY,
  slow: true,
  scope: "AllOthers",
  // A file of that name is replaced: sending it again does the same.
  repeat: "keyed",
});

/** "Documents POST DownloadSftp": the practice puts the file on an SFTP site. */
export async function downloadDocumentSftp(session: VendorSession, body: z.input<typeof downloadSftpBodySchema>) {
  await vendorFetch(session, downloadDocumentSftpEndpoint, { body });
}

const thumbnailsBodySchema = z.strictObject({ PatNum: num, ...sftpFields });

export const createThumbnailsEndpoint = writeEndpoint({
  name: "createThumbnails",
  method: "POST",
  path: "/documents/Thumbnails",
  section: "Documents POST Thumbnails",
  body: thumbnailsBodySchema,
  response: sentFilesSchema,
  standIns: { 200: [], 201: [], 204: [] },
  slow: true,
  scope: "AllOthers",
  repeat: "keyed",
});

/** "Documents POST Thumbnails": pictures of 100 × 100 of a patient's images, on an SFTP site. */
export async function createThumbnails(session: VendorSession, body: z.input<typeof thumbnailsBodySchema>) {
  return (await vendorFetch(session, createThumbnailsEndpoint, { body })).value;
}

const downloadMountBodySchema = z.strictObject({ MountNum: num, ...sftpFields });

export const downloadMountEndpoint = writeEndpoint({
  name: "downloadMount",
  method: "POST",
  path: "/documents/DownloadMount",
  section: "Documents POST DownloadMount",
  body: downloadMountBodySchema,
  response: sentFilesSchema,
  standIns: { 200: [], 201: [], 204: [] },
  slow: true,
  scope: "AllOthers",
  repeat: "keyed",
});

/** "Documents POST DownloadMount": the single images of a mount, without their places in it. */
export async function downloadMount(session: VendorSession, body: z.input<typeof downloadMountBodySchema>) {
  return (await vendorFetch(session, downloadMountEndpoint, { body })).value;
}

const updateBodySchema = z.strictObject(detailFields);

export const updateDocumentEndpoint = writeEndpoint({
  name: "updateDocument",
  method: "PUT",
  path: "/documents/{DocNum}",
  section: "Documents PUT, 24.2.32",
  params: DOC_NUM,
  body: updateBodySchema,
  response: doneSchema,
  standIns: EMPTY,
  scope: "AllOthers",
  repeat: "keyed",
});

/** Fields that are left out stay as they are. */
export async function updateDocument(session: VendorSession, DocNum: string, body: z.input<typeof updateBodySchema>) {
  await vendorFetch(session, updateDocumentEndpoint, { params: { DocNum }, body });
}

export const deleteDocumentEndpoint = writeEndpoint({
  name: "deleteDocument",
  method: "DELETE",
  path: "/documents/{DocNum}",
  section: "Documents DELETE, 24.2.32",
  params: DOC_NUM,
  response: doneSchema,
  standIns: EMPTY,
  scope: "AllOthers",
  repeat: "once",
});

/** Removes the row and the file. */
export async function deleteDocument(session: VendorSession, DocNum: string) {
  await vendorFetch(session, deleteDocumentEndpoint, { params: { DocNum } });
}
