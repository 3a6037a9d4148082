import { z } from "zod";
import { cadmusEndpoint } from "#lib/vendors/cadmus/config.ts";
import { signedFileSchema } from "#lib/vendors/cadmus/schemas.ts";
import { vendorFetch } from "#lib/vendors/http.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

const caseId = z.string().regex(/^\d{1,18}$/);
const getFileQuerySchema = z.strictObject({ fileType: z.string().min(1).max(20) });

export const getFileEndpoint = cadmusEndpoint({
  name: "getFile",
  method: "GET",
  path: "/unified-cases/{id}/files/{filename}",
  section: "Downloading files",
  params: z.strictObject({ id: caseId, filename: z.string().max(500) }),
  query: getFileQuerySchema,
  response: signedFileSchema,
  standIns: { 202: {}, 204: {} },
  repeat: "read",
  permission: "download",
});

/** "Downloading files": a signed URL of a scan file, good for 15 minutes. */
export async function getFile(session: VendorSession, id: string, filename: string, fileType: string) {
  return await vendorFetch(session, getFileEndpoint, { params: { id, filename }, query: { fileType } });
}

export const getOrderFormEndpoint = cadmusEndpoint({
  name: "getOrderForm",
  method: "GET",
  path: "/unified-cases/{id}/order-form",
  section: "Order form",
  params: z.strictObject({ id: caseId }),
  response: signedFileSchema,
  standIns: { 202: {}, 204: {} },
  repeat: "read",
  permission: "download",
});

/** "Order form": a signed URL of the case's one PDF, good for 15 minutes. */
export async function getOrderForm(session: VendorSession, id: string) {
  return await vendorFetch(session, getOrderFormEndpoint, { params: { id } });
}
