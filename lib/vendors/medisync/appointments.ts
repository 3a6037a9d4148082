import type { Appointment, AppointmentSource } from "#lib/vendors/appointment-source.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { getAppointment, listAppointments } from "#lib/vendors/medisync/api/appointments.ts";
import { addDocument, documentsOf } from "#lib/vendors/medisync/api/documents.ts";
import { notesOf } from "#lib/vendors/medisync/api/notes.ts";
import { searchPatients } from "#lib/vendors/medisync/api/patients.ts";
import { deleteRecording, streamRecording } from "#lib/vendors/medisync/api/recordings.ts";
import { getTranscription } from "#lib/vendors/medisync/api/transcriptions.ts";
import { readTranscript, toAppointment, toNote, toPatient } from "#lib/vendors/medisync/map.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

export const appointments: AppointmentSource = {
  list: async (session, zone) => (await listAppointments(session)).map((row) => toAppointment(row, zone)),
  get: async (session, key, zone) => toAppointment(await getAppointment(session, key), zone),
  findPatients: async (session, name) => (await searchPatients(session, name)).map(toPatient),
  notes: async (session, key) => (await notesOf(session, key)).flatMap((row) => toNote(row) ?? []),
  transcription,
  openRecording: streamRecording,
  removeRecording: deleteRecording,
  document,
  addDocument: async (session, key, { name, bytes }) => {
    await addDocument(session, key, name, bytes);
  },
};

async function transcription(session: VendorSession, appointment: Appointment): Promise<string | null> {
  if (appointment.transcription !== null) return appointment.transcription;
  return readTranscript(await getTranscription(session, appointment.key).catch(nothing));
}

/** An appointment names its document; where it has no such field the list of its documents tells. */
async function document(session: VendorSession, { key, documentKey }: Appointment): Promise<{ name: string } | null> {
  if (documentKey === null) return null;
  const [found] = (await documentsOf(session, key).catch(nothing)) ?? [];
  if (!found) return documentKey === undefined ? null : { name: "" };
  return { name: (found.document_key ?? "").replace(`${key}_`, "") };
}

/** What is not there is no failure. */
function nothing(error: unknown): null {
  if (error instanceof VendorError && (error.kind === "not_found" || error.kind === "invalid")) return null;
  throw error;
}
