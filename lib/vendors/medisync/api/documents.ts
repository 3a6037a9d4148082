import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { idParam, MOST_UPLOAD_BYTES, readEndpoint, writeEndpoint } from "#lib/vendors/medisync/config.ts";
import { documentSchema, doneSchema, page, written } from "#lib/vendors/medisync/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

const params = z.strictObject({ appointmentId: idParam });

/** "Upload document": PDF only, one per appointment, at most 500 MB. */
export const addDocumentEndpoint = writeEndpoint({
  name: "addDocument",
  method: "POST",
  path: "/documents/add/{appointmentId}",
  section: "Documents, upload document",
  params,
  upload: { field: "document", types: ["application/pdf"], mostBytes: MOST_UPLOAD_BYTES },
  response: written(documentSchema),
});

export async function addDocument(session: VendorSession, appointmentId: string, name: string, bytes: Buffer) {
  const file = { name, type: "application/pdf", bytes: new Blob([new Uint8Array(bytes)]) };
  return (await vendorFetch(session, addDocumentEndpoint, { params: { appointmentId }, file })).value;
}

export const documentsOfEndpoint = readEndpoint({
  name: "documentsOf",
  path: "/documents/{appointmentId}",
  section: "Documents, list documents of an appointment",
  params,
  response: page(documentSchema),
});

export async function documentsOf(session: VendorSession, appointmentId: string) {
  return (await vendorFetch(session, documentsOfEndpoint, { params: { appointmentId } })).value.rows;
}

export const downloadDocumentEndpoint = readEndpoint({
  name: "downloadDocument",
  path: "/documents/get/{appointmentId}",
  section: "Documents, download document file",
  params,
  streams: "application/pdf",
  response: doneSchema,
});

/** "This operation cannot be undone." */
export const deleteDocumentEndpoint = writeEndpoint({
  name: "deleteDocument",
  method: "DELETE",
  path: "/documents/{appointmentId}",
  section: "Documents, delete document",
  params,
  response: doneSchema,
});
