import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { idParam, readEndpoint, writeEndpoint } from "#lib/vendors/medisync/config.ts";
import { documentSchema, one, page } from "#lib/vendors/medisync/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** "Upload document": PDF only, one per appointment, at most 500 MB. */
export const addDocumentEndpoint = writeEndpoint({
  name: "addDocument",
  method: "POST",
  path: "/documents/add/{appointmentId}",
  section: "Documents, upload document",
  params: z.strictObject({ appointmentId: idParam }),
  upload: { field: "document", types: ["application/pdf"] },
  response: one(documentSchema),
});

export async function addDocument(session: VendorSession, appointmentId: string, name: string, bytes: Buffer) {
  const file = { name, type: "application/pdf", bytes: new Blob([new Uint8Array(bytes)]) };
  return (await vendorFetch(session, addDocumentEndpoint, { params: { appointmentId }, file })).value;
}

export const documentsOfEndpoint = readEndpoint({
  name: "documentsOf",
  path: "/documents/{appointmentId}",
  section: "Documents, list documents of an appointment",
  params: z.strictObject({ appointmentId: idParam }),
  response: page(documentSchema),
});

export async function documentsOf(session: VendorSession, appointmentId: string) {
  return (await vendorFetch(session, documentsOfEndpoint, { params: { appointmentId } })).value.rows;
}
