import type { Reply } from "./exchange.ts";
import { dictation } from "./medisync-audio.ts";
import { done, MedisyncProblem, needSubscription, readBody, readFile } from "./medisync-checks.ts";
import type { MsCall } from "./medisync-patients.ts";
import type { MsAppointment, MsDocument, MsRecording } from "./medisync-records.ts";

/** What hangs on an appointment: recordings, transcriptions, notes, documents. */

function mine({ practices, user }: MsCall) {
  const ids = new Set(practices.state.appointments.filter((one) => one.doctor_id === user.uid).map(({ _id }) => _id));
  return <T extends { appointment_id: string }>(rows: T[]) => rows.filter((row) => ids.has(row.appointment_id));
}

function appointmentOf({ practices, id, user }: MsCall): MsAppointment {
  const found = practices.appointment(id, user);
  if (!found) throw new MedisyncProblem(404, "Appointment not found");
  return found;
}

const withoutAudio = ({ audio: _audio, ...recording }: MsRecording) => recording;
const withoutBytes = ({ base64: _bytes, ...document }: MsDocument) => document;

export function listRecordings(call: MsCall): Reply {
  return done(mine(call)(call.practices.state.recordings).map(withoutAudio));
}

export function recordingsOf(call: MsCall): Reply {
  const { _id } = appointmentOf(call);
  return done(call.practices.state.recordings.filter((one) => one.appointment_id === _id).map(withoutAudio));
}

export async function addRecording(call: MsCall): Promise<Reply> {
  const appointment = appointmentOf(call);
  const file = await readFile(call.exchange, "audio");
  if (call.practices.state.recordings.some((one) => one.appointment_id === appointment._id))
    throw new MedisyncProblem(409, "Recording already exists for this appointment");
  const base64 = Buffer.from(await file.arrayBuffer()).toString("base64");
  const made = call.practices.addRecording(appointment, file.name, { base64, type: file.type });
  appointment.status = "transcribing";
  return done(withoutAudio(made), 201);
}

export function streamRecording(call: MsCall): Reply {
  const { _id } = appointmentOf(call);
  const found = call.practices.state.recordings.find((one) => one.appointment_id === _id);
  if (!found) throw new MedisyncProblem(404, "Recording not found");
  const body = found.audio ? Buffer.from(found.audio.base64, "base64") : dictation(_id);
  return { status: 200, headers: { "content-type": "audio/wav" }, body };
}

export function deleteRecording(call: MsCall): Reply {
  const appointment = appointmentOf(call);
  const { state } = call.practices;
  const before = state.recordings.length;
  state.recordings = state.recordings.filter((one) => one.appointment_id !== appointment._id);
  if (state.recordings.length === before) throw new MedisyncProblem(404, "Recording not found");
  Object.assign(appointment, { recording_id: null, recording_url: null, recording_key: null });
  return { status: 204 };
}

export function transcriptionOf(call: MsCall): Reply {
  const { _id } = appointmentOf(call);
  const found = call.practices.state.transcriptions.find((one) => one.appointment_id === _id);
  if (!found) throw new MedisyncProblem(404, "Transcription not found");
  return done(found);
}

export async function addTranscription(call: MsCall): Promise<Reply> {
  needSubscription(call.user);
  const appointment = appointmentOf(call);
  const { transcription } = await readBody(call.exchange, ["transcription"]);
  if (typeof transcription !== "string" || transcription === "")
    throw new MedisyncProblem(400, "Transcription is required");
  if (call.practices.state.transcriptions.some((one) => one.appointment_id === appointment._id))
    throw new MedisyncProblem(409, "Transcription already exists for this appointment");
  const made = call.practices.addTranscription(appointment, transcription);
  if (!call.practices.state.notes.some((one) => one.appointment_id === appointment._id))
    call.practices.addNote(appointment, `S: ${transcription}`, transcription.slice(0, 80));
  return done(made, 201);
}

export async function updateTranscription(call: MsCall): Promise<Reply> {
  const { _id } = appointmentOf(call);
  const { transcription } = await readBody(call.exchange, ["transcription"]);
  const found = call.practices.state.transcriptions.find((one) => one.appointment_id === _id);
  if (!found) throw new MedisyncProblem(404, "Transcription not found");
  if (typeof transcription !== "string" || transcription === "")
    throw new MedisyncProblem(400, "Transcription is required");
  return done(Object.assign(found, { transcription, updatedAt: call.practices.stamp().updatedAt }));
}

export function listNotes(call: MsCall): Reply {
  return done(mine(call)(call.practices.state.notes));
}

export function notesOf(call: MsCall): Reply {
  const { _id } = appointmentOf(call);
  return done(call.practices.state.notes.filter((one) => one.appointment_id === _id));
}

export async function addNote(call: MsCall): Promise<Reply> {
  const appointment = appointmentOf(call);
  const { notes, summary } = await readBody(call.exchange, ["notes", "summary"]);
  if (typeof notes !== "string") throw new MedisyncProblem(400, "Notes are required");
  const found = call.practices.state.notes.find((one) => one.appointment_id === appointment._id);
  if (!found) return done(call.practices.addNote(appointment, notes, typeof summary === "string" ? summary : ""), 201);
  Object.assign(found, { notes, ...(typeof summary === "string" ? { summary } : {}) });
  found.updatedAt = call.practices.stamp().updatedAt;
  return done(found);
}

function noteOf(call: MsCall) {
  const { _id } = appointmentOf(call);
  const found = call.practices.state.notes.find((one) => one.appointment_id === _id);
  if (!found) throw new MedisyncProblem(404, "Notes not found");
  return found;
}

export async function updateNote(call: MsCall): Promise<Reply> {
  return changeNote(call, await readBody(call.exchange, ["appointment_id", "notes", "summary"]));
}

export const noteSummary = (call: MsCall): Reply => done({ summary: noteOf(call).summary });

export const noteFeedback = (call: MsCall): Reply => done({ feedback_score: noteOf(call).feedback_score ?? null });

export async function updateFeedback(call: MsCall): Promise<Reply> {
  return changeNote(call, await readBody(call.exchange, ["feedback_score"]));
}

function changeNote(call: MsCall, fields: Record<string, unknown>): Reply {
  return done(Object.assign(noteOf(call), fields, { updatedAt: call.practices.stamp().updatedAt }));
}

export const diagnosisOf = (call: MsCall): Reply =>
  done({ diagnosis_prediction: noteOf(call).diagnosis_prediction ?? null });

export async function updateDiagnosis(call: MsCall): Promise<Reply> {
  const found = noteOf(call);
  const fields = await readBody(call.exchange, ["main_diagnosis", "icd_code", "reason"]);
  found.diagnosis_prediction = { ...found.diagnosis_prediction, ...fields, status: "generated" };
  return done({ diagnosis_prediction: { ...found.diagnosis_prediction, error: null } });
}

export function predictDiagnosis(call: MsCall): Reply {
  needSubscription(call.user);
  const found = noteOf(call);
  found.diagnosis_prediction = {
    status: "generated",
    main_diagnosis: "Caries of dentine",
    icd_code: "K02.1",
    reason: "As noted",
  };
  return done(found);
}

export async function regenerateNote(call: MsCall): Promise<Reply> {
  needSubscription(call.user);
  const found = noteOf(call);
  const { notes_template_type: template, language } = await readBody(call.exchange, [
    "notes_template_type",
    "language",
  ]);
  if (typeof template !== "string") throw new MedisyncProblem(400, "notes_template_type is required");
  found.notes = `${found.notes}\n(${template}, ${typeof language === "string" ? language : "en"})`;
  found.updatedAt = call.practices.stamp().updatedAt;
  return done({ notes: found.notes, summary: found.summary });
}

export function documentsOf(call: MsCall): Reply {
  const { _id } = appointmentOf(call);
  return done(call.practices.state.documents.filter((one) => one.appointment_id === _id).map(withoutBytes));
}

export async function addDocument(call: MsCall): Promise<Reply> {
  const appointment = appointmentOf(call);
  const { state } = call.practices;
  const file = await readFile(call.exchange, "document");
  const bytes = Buffer.from(await file.arrayBuffer());
  if (state.documents.some((one) => one.appointment_id === appointment._id))
    throw new MedisyncProblem(409, "Document already exists for this appointment");
  if (!bytes.subarray(0, 5).equals(Buffer.from("%PDF-")) || !/^application\/pdf$/.test(file.type))
    throw new MedisyncProblem(400, "Only PDF files are allowed");
  const document_key = `${appointment._id}_${file.name}`;
  const made: MsDocument = {
    _id: call.practices.newId(),
    appointment_id: appointment._id,
    document_url: `https://storage.example.com/documents/${encodeURIComponent(document_key)}`,
    document_key,
    doctor_id: call.user.uid,
    base64: bytes.toString("base64"),
    ...call.practices.stamp(),
  };
  state.documents.push(made);
  appointment.document_id = made._id;
  return done(withoutBytes(made), 201);
}

function documentOf(call: MsCall): MsDocument {
  const { _id } = appointmentOf(call);
  const found = call.practices.state.documents.find((one) => one.appointment_id === _id);
  if (!found) throw new MedisyncProblem(404, "Document not found");
  return found;
}

export function downloadDocument(call: MsCall): Reply {
  const { base64, document_key, appointment_id } = documentOf(call);
  const name = document_key.replace(`${appointment_id}_`, "");
  const headers = { "content-type": "application/pdf", "content-disposition": `attachment; filename="${name}"` };
  return { status: 200, headers, body: Buffer.from(base64, "base64") };
}

export function deleteDocument(call: MsCall): Reply {
  const found = documentOf(call);
  const { state } = call.practices;
  state.documents = state.documents.filter((one) => one !== found);
  appointmentOf(call).document_id = null;
  return done({});
}
