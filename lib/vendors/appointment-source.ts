import type { OpenedFile } from "#lib/vendors/open-answer.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** Appointments of a practice with what was dictated and noted there, in our words. */
export type AppointmentSource = {
  /** All of the account's appointments. */
  list(session: VendorSession, zone: string): Promise<Appointment[]>;
  /** @throws {VendorError} not_found */
  get(session: VendorSession, key: string, zone: string): Promise<Appointment>;
  /** Patients whose name has these words. */
  findPatients(session: VendorSession, name: string): Promise<AppointmentPatient[]>;
  /** Plain text each, newest last; often none. */
  notes(session: VendorSession, key: string): Promise<ClinicalNote[]>;
  /** What was said, as text; null while there is none. */
  transcription(session: VendorSession, appointment: Appointment): Promise<string | null>;
  /** The dictation as it arrives. @param range of HTTP @throws {VendorError} not_found */
  openRecording(session: VendorSession, key: string, range: string | null): Promise<OpenedFile>;
  /** Deletes the dictation for good. @throws {VendorError} not_found */
  removeRecording(session: VendorSession, key: string): Promise<void>;
  /** The appointment's one document; null when there is none. */
  document(session: VendorSession, appointment: Appointment): Promise<{ name: string } | null>;
  /** Sends a PDF as the appointment's document. @throws {VendorError} conflict when there is one */
  addDocument(session: VendorSession, key: string, file: { name: string; bytes: Buffer }): Promise<void>;
};

export type Appointment = {
  key: string;
  title: string;
  kind: "try_in" | "seating" | "other";
  /** The practice's calendar day, "2026-03-15"; null where none can be read. */
  day: string | null;
  /** The practice's clock, "14:30". */
  time: string | null;
  status: string;
  patientKey: string | null;
  /** Whether there is a dictation; null when the vendor does not say. */
  isRecorded: boolean | null;
  /** The document's key; null without one; undefined when the vendor does not say. */
  documentKey: string | null | undefined;
  /** What was said, where the record itself carries it. */
  transcription: string | null;
};

export type AppointmentPatient = {
  key: string;
  firstName: string;
  lastName: string;
  /** "1985-03-15"; null when the practice does not know it. */
  birthDate: string | null;
};

export type ClinicalNote = { text: string; summary: string | null; updatedAt: Date | null };
