import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { LATEST, meditlinkEndpoint } from "#lib/vendors/meditlink/config.ts";
import {
  fileDownloadSchema,
  fileParamsSchema,
  fileRegistrationSchema,
  fileSchema,
  registerFileBodySchema,
} from "#lib/vendors/meditlink/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** Appendix A, Case File Convert Type; left out for the original. */
const getFileQuerySchema = z.strictObject({ type: z.enum(["obj", "stl", "ply"]).optional() });

export const getFileEndpoint = meditlinkEndpoint({
  name: "getFile",
  feature: "files",
  method: "GET",
  path: "/v1/files/{fileUuid}",
  section: "3.4.1",
  params: fileParamsSchema,
  query: getFileQuerySchema,
  response: fileDownloadSchema,
  // Seen at public clients: the conversion is still under way.
  standIns: { 202: {}, 204: {} },
  scope: "FILE",
  repeat: "read",
  group: true,
  permission: "download",
});

/** §3.4.1: a signed URL, good for 5 minutes, of a 7z with the file, converted when `type` says so. The one call without `schema`. */
export async function getFile(session: VendorSession, fileUuid: string, type?: "obj" | "stl" | "ply") {
  return await vendorFetch(session, getFileEndpoint, { params: { fileUuid }, query: { type } });
}

/** The name of the "manage your file data" scope is lost (§1.1.2): some file scope other than the one for reading. */
const MANAGE_FILES = /^(?!FILE$).*FILE/i;

export const registerFileEndpoint = meditlinkEndpoint({
  name: "registerFile",
  method: "POST",
  path: "/v1/files",
  section: "3.4.2",
  fixedQuery: LATEST,
  body: registerFileBodySchema,
  response: fileRegistrationSchema,
  scopeLike: MANAGE_FILES,
  attaches: true,
  // A repetition is answered 409 without the upload's address: it would be lost.
  repeat: "once",
  group: true,
  permission: "decide",
});

/** §3.4.2: announces a file and gets the address to PUT it to (§3.4.3, upload-signed.ts), good for 30 minutes. */
export async function registerFile(session: VendorSession, body: z.input<typeof registerFileBodySchema>) {
  return (await vendorFetch(session, registerFileEndpoint, { body: registerFileBodySchema.parse(body) })).value;
}

export const deleteFileEndpoint = meditlinkEndpoint({
  name: "deleteFile",
  method: "DELETE",
  path: "/v1/files/{fileUuid}",
  section: "3.4.4",
  params: fileParamsSchema,
  fixedQuery: LATEST,
  response: fileSchema,
  scopeLike: MANAGE_FILES,
  // Deleting twice deletes once; the second answer is 404.
  repeat: "keyed",
  group: true,
  permission: "decide",
});

/** §3.4.4: deletes a file of a case. @returns the file as it was */
export async function deleteFile(session: VendorSession, fileUuid: string) {
  return (await vendorFetch(session, deleteFileEndpoint, { params: { fileUuid } })).value;
}
