/** What MediSync keeps, in the spelling of its API. Ids are MongoDB's; times of appointments are local, without a zone. */

export interface MsUser {
  uid: string;
  email: string;
  userTitle: string;
  firstName: string;
  lastName: string;
  /** "none": no subscription, so neither appointments can be made nor AI be used. */
  plan: "none" | "standard" | "premium";
  timeZone: string;
}

export interface MsPatient {
  _id: string;
  doctor_id: string;
  firstName: string;
  lastName: string;
  dateOfBirth: string | null;
  contact: { phone: string; email: string };
  createdAt: string;
  updatedAt: string;
}

export interface MsAppointment {
  _id: string;
  name: string;
  /** "2026-03-15" */
  date: string;
  /** "14:30" */
  time: string;
  recording_id: string | null;
  recording_url: string | null;
  recording_key: string | null;
  document_id: string | null;
  status: "planned" | "recording" | "transcribing" | "processing" | "finished" | "error";
  doctor_id: string;
  patient_id: string | null;
  notes: string;
  language: string;
  notes_type: string;
  appointment_type: string;
}

export interface MsRecording {
  _id: string;
  appointment_id: string;
  recording_url: string;
  recording_key: string;
  /** What was uploaded; absent for dictations that were there from the start, which are made when asked for. */
  audio?: { base64: string; type: string };
  createdAt: string;
  updatedAt: string;
}

export interface MsTranscription {
  _id: string;
  appointment_id: string;
  transcription: string;
  createdAt: string;
  updatedAt: string;
}

export interface MsNote {
  _id: string;
  appointment_id: string;
  notes: string;
  summary: string;
  feedback_score?: number;
  diagnosis_prediction?: {
    status: string;
    main_diagnosis?: string;
    icd_code?: string;
    reason?: string;
    error?: string;
  };
  createdAt: string;
  updatedAt: string;
}

export interface MsDocument {
  _id: string;
  appointment_id: string;
  document_url: string;
  document_key: string;
  doctor_id: string;
  base64: string;
  createdAt: string;
  updatedAt: string;
}

export interface MsState {
  nextId: number;
  patients: MsPatient[];
  appointments: MsAppointment[];
  recordings: MsRecording[];
  transcriptions: MsTranscription[];
  notes: MsNote[];
  documents: MsDocument[];
}
