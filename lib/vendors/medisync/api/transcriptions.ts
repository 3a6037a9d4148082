import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { idParam, readEndpoint, writeEndpoint } from "#lib/vendors/medisync/config.ts";
import { doneSchema, transcriptionSchema, written } from "#lib/vendors/medisync/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

const params = z.strictObject({ appointmentId: idParam });

const body = z.strictObject({ transcription: z.string().min(1).max(500_000) });

/** "Create transcription": one per appointment; a note is made of it. */
export const addTranscriptionEndpoint = writeEndpoint(
  {
    name: "addTranscription",
    method: "POST",
    path: "/transcriptions/add/{appointmentId}",
    section: "Transcriptions, create transcription",
    params,
    body,
    response: written(transcriptionSchema),
  },
  "subscription",
);

/** "Update transcription": the text is replaced. */
export const updateTranscriptionEndpoint = writeEndpoint({
  name: "updateTranscription",
  method: "PUT",
  path: "/transcriptions/update/{appointmentId}",
  section: "Transcriptions, update transcription",
  params,
  body,
  response: written(transcriptionSchema),
});

export const getTranscriptionEndpoint = readEndpoint({
  name: "getTranscription",
  path: "/transcriptions/{appointmentId}",
  section: "Transcriptions, retrieve transcription",
  params,
  response: doneSchema,
});

/** In whatever shape it comes; `readTranscript` in map.ts knows what to do with it. */
export async function getTranscription(session: VendorSession, appointmentId: string): Promise<unknown> {
  return (await vendorFetch(session, getTranscriptionEndpoint, { params: { appointmentId } })).value;
}
