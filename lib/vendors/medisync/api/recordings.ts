import { z } from "zod";
import { vendorFetch, vendorStream } from "#lib/vendors/http.ts";
import { pageQuery } from "#lib/vendors/medisync/all-pages.ts";
import { idParam, MOST_UPLOAD_BYTES, readEndpoint, writeEndpoint } from "#lib/vendors/medisync/config.ts";
import { doneSchema, one, page, recordingSchema, written } from "#lib/vendors/medisync/schemas.ts";
import type { OpenedFile } from "#lib/vendors/open-answer.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

const params = z.strictObject({ appointmentId: idParam });

export const listRecordingsEndpoint = readEndpoint({
  name: "listRecordings",
  path: "/recordings",
  section: "Recordings, list all recordings",
  query: pageQuery,
  response: page(recordingSchema),
});

export const recordingsOfEndpoint = readEndpoint({
  name: "recordingsOf",
  path: "/recordings/{appointmentId}",
  section: "Recordings, get recordings by appointment",
  params,
  response: page(recordingSchema).or(one(recordingSchema)),
});

/** "Upload recording": one per appointment, at most 500 MB; it is transcribed. */
export const addRecordingEndpoint = writeEndpoint({
  name: "addRecording",
  method: "POST",
  path: "/recordings/add/{appointmentId}",
  section: "Recordings, upload recording",
  params,
  upload: { field: "audio", types: ["audio/*"], mostBytes: MOST_UPLOAD_BYTES },
  response: written(recordingSchema),
});

export const streamRecordingEndpoint = readEndpoint({
  name: "streamRecording",
  path: "/recordings/get/{appointmentId}",
  section: "Recordings, download recording file",
  params,
  streams: "audio/wav",
  response: doneSchema,
});

/** "Streams the actual audio file content"; nothing is said of ranges. */
export async function streamRecording(
  session: VendorSession,
  appointmentId: string,
  range: string | null,
): Promise<OpenedFile> {
  return vendorStream(session, streamRecordingEndpoint, { params: { appointmentId } }, range);
}

export const deleteRecordingEndpoint = writeEndpoint({
  name: "deleteRecording",
  method: "DELETE",
  path: "/recordings/{appointmentId}",
  section: "Recordings, delete recording",
  params,
  response: doneSchema,
});

export async function deleteRecording(session: VendorSession, appointmentId: string): Promise<void> {
  await vendorFetch(session, deleteRecordingEndpoint, { params: { appointmentId } });
}
