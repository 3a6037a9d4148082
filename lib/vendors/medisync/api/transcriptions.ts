import { z } from "zod";
import { vendorFetch } from "#lib/vendors/http.ts";
import { idParam, readEndpoint, writeEndpoint } from "#lib/vendors/medisync/config.ts";
import { doneSchema, one } from "#lib/vendors/medisync/schemas.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

const params = z.strictObject({ appointmentId: idParam });

/** "Create transcription": one per appointment; a note is made of it. */
export const addTranscriptionEndpoint = writeEndpoint(
  {
    name: "addTranscription",
    method: "POST",
    path: "/transcriptions/add/{appointmentId}",
    section: "Transcriptions, create transcription",
    params,
    body: z.strictObject({ transcription: z.string().min(1).max(500_000) }),
    response: one(z.unknown()),
  },
  "subscription",
);

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
