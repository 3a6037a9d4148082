import { createHash } from "node:crypto";
import type {
  MsAppointment,
  MsNote,
  MsPatient,
  MsRecording,
  MsState,
  MsTranscription,
  MsUser,
} from "./medisync-records.ts";
import { PASSWORD } from "./settings.ts";

/** Who can sign in, with the password of the whole sandbox. */
export const MEDISYNC_USERS: readonly MsUser[] = [
  user("davis", "D.", "Davis", "standard", "Asia/Seoul"),
  user("lindner", "Anke", "Lindner", "premium", "Europe/Berlin"),
  user("unpaid", "Uma", "Unpaid", "none", "Europe/Berlin"),
];

function user(name: string, firstName: string, lastName: string, plan: MsUser["plan"], timeZone: string): MsUser {
  const email = `medisync@${name}.example`;
  return { uid: `user_${hex(email, 12)}`, email, userTitle: "Dr.", firstName, lastName, plan, timeZone };
}

/** What the control port may ask for: a patient who comes in for an order, with a dictated consultation and later visits. */
export interface Visits {
  /** The doctor's e-mail. */
  doctor: string;
  patient: { firstName: string; lastName: string; dateOfBirth: string | null };
  /** Text of the note; null for a consultation without one. */
  note: string | null;
  transcription: string | null;
  recorded: boolean;
  /** Days of the practice, "2026-03-15". */
  consultationOn: string;
  tryInOn: string | null;
  seatingOn: string | null;
}

/** All practices at MediSync: their users stand still, everything else changes. */
export class MedisyncPractices {
  state: MsState = emptyState();
  /** Tokens issued before are no longer taken, by user; epoch ms. */
  readonly revokedBefore = new Map<string, number>();
  /** When each user called and uploaded within the last hour, epoch ms. */
  readonly calls = new Map<string, number[]>();
  readonly uploads = new Map<string, number[]>();
  readonly barredUntil = new Map<string, number>();
  #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  user(uid: string): MsUser | undefined {
    return MEDISYNC_USERS.find((one) => one.uid === uid);
  }

  signIn(email: string, password: string): MsUser | undefined {
    const found = MEDISYNC_USERS.find((one) => one.email === email.trim().toLowerCase());
    return password === PASSWORD ? found : undefined;
  }

  /** The next id, 24 hexadecimal digits as MongoDB's are. */
  newId(): string {
    return hex(`medisync ${this.state.nextId++}`, 24);
  }

  stamp(): { createdAt: string; updatedAt: string } {
    const at = new Date(this.#now()).toISOString();
    return { createdAt: at, updatedAt: at };
  }

  appointment(id: string, doctor: MsUser): MsAppointment | undefined {
    return this.state.appointments.find((one) => one._id === id && one.doctor_id === doctor.uid);
  }

  addPatient(doctor: MsUser, given: Partial<MsPatient> & Pick<MsPatient, "firstName" | "lastName">): MsPatient {
    const patient: MsPatient = {
      dateOfBirth: null,
      contact: { phone: "", email: "" },
      ...given,
      _id: this.newId(),
      doctor_id: doctor.uid,
      ...this.stamp(),
    };
    this.state.patients.push(patient);
    return patient;
  }

  addAppointment(doctor: MsUser, given: Partial<MsAppointment> & Pick<MsAppointment, "name" | "date" | "time">) {
    const appointment: MsAppointment = {
      status: "recording",
      patient_id: null,
      notes: "",
      language: "en",
      notes_type: `soap_clinical_notes_${given.language ?? "en"}`,
      appointment_type: "in_person",
      ...given,
      recording_id: null,
      recording_url: null,
      recording_key: null,
      document_id: null,
      _id: this.newId(),
      doctor_id: doctor.uid,
    };
    this.state.appointments.push(appointment);
    return appointment;
  }

  addRecording(appointment: MsAppointment, name: string, audio?: MsRecording["audio"]): MsRecording {
    const key = `recordings/${appointment._id}_${name}`;
    const recording: MsRecording = {
      _id: this.newId(),
      appointment_id: appointment._id,
      recording_url: `https://storage.example.com/${key}`,
      recording_key: key,
      ...(audio ? { audio } : {}),
      ...this.stamp(),
    };
    this.state.recordings.push(recording);
    const { _id, recording_url, recording_key } = recording;
    Object.assign(appointment, { recording_id: _id, recording_url, recording_key });
    return recording;
  }

  addTranscription(appointment: MsAppointment, transcription: string): MsTranscription {
    const made = { _id: this.newId(), appointment_id: appointment._id, transcription, ...this.stamp() };
    this.state.transcriptions.push(made);
    return made;
  }

  addNote(appointment: MsAppointment, notes: string, summary: string): MsNote {
    const made = { _id: this.newId(), appointment_id: appointment._id, notes, summary, ...this.stamp() };
    this.state.notes.push(made);
    appointment.status = "finished";
    return made;
  }

  /** A consultation that was dictated, and the visits that are planned after it. @returns the consultation's id */
  addVisits(visits: Visits): { patient: string; consultation: string; tryIn: string | null; seating: string | null } {
    const doctor = MEDISYNC_USERS.find(({ email }) => email === visits.doctor);
    if (!doctor) throw new Error(`MediSync has no user ${visits.doctor}`);
    const patient_id = this.addPatient(doctor, visits.patient)._id;
    const add = (name: string, date: string, time: string, status: MsAppointment["status"]) =>
      this.addAppointment(doctor, { name, date, time, status, patient_id });
    const consultation = add("Preparation and scan", visits.consultationOn, "10:30", "planned");
    if (visits.recorded) this.addRecording(consultation, "dictation.wav");
    if (visits.transcription !== null) this.addTranscription(consultation, visits.transcription);
    if (visits.note !== null)
      this.addNote(consultation, visits.note, "Preparation, impression by scan, order to the lab");
    const tryIn = visits.tryInOn && add("Try-in", visits.tryInOn, "09:00", "planned")._id;
    const seating = visits.seatingOn && add("Seating of the restoration", visits.seatingOn, "14:30", "planned")._id;
    return { patient: patient_id, consultation: consultation._id, tryIn: tryIn || null, seating: seating || null };
  }

  /** As if nobody had ever been there. */
  empty(): void {
    this.state = emptyState();
    for (const map of [this.revokedBefore, this.calls, this.uploads, this.barredUntil]) map.clear();
  }
}

function emptyState(): MsState {
  return {
    nextId: 1,
    patients: [],
    appointments: [],
    recordings: [],
    transcriptions: [],
    notes: [],
    documents: [],
  };
}

function hex(text: string, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}
