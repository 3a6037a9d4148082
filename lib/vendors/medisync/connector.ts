import { z } from "zod";
import { env } from "#lib/env.ts";
import { VendorError } from "#lib/vendors/error.ts";
import {
  addAppointmentEndpoint,
  getAppointmentEndpoint,
  listAppointments,
  listAppointmentsEndpoint,
} from "#lib/vendors/medisync/api/appointments.ts";
import {
  addDocumentEndpoint,
  deleteDocumentEndpoint,
  documentsOfEndpoint,
  downloadDocumentEndpoint,
} from "#lib/vendors/medisync/api/documents.ts";
import { login } from "#lib/vendors/medisync/api/login.ts";
import {
  diagnosisOfEndpoint,
  listNotesEndpoint,
  noteFeedbackEndpoint,
  noteSummaryEndpoint,
  notesOfEndpoint,
  predictDiagnosisEndpoint,
  regenerateNotesEndpoint,
  saveNoteEndpoint,
  updateDiagnosisEndpoint,
  updateFeedbackEndpoint,
  updateNoteEndpoint,
} from "#lib/vendors/medisync/api/notes.ts";
import {
  addPatientEndpoint,
  searchPatientsEndpoint,
  updatePatientEndpoint,
} from "#lib/vendors/medisync/api/patients.ts";
import {
  addRecordingEndpoint,
  deleteRecordingEndpoint,
  listRecordingsEndpoint,
  recordingsOfEndpoint,
  streamRecordingEndpoint,
} from "#lib/vendors/medisync/api/recordings.ts";
import { getSubscription, getSubscriptionEndpoint } from "#lib/vendors/medisync/api/settings.ts";
import {
  addTranscriptionEndpoint,
  getTranscriptionEndpoint,
  updateTranscriptionEndpoint,
} from "#lib/vendors/medisync/api/transcriptions.ts";
import { appointments } from "#lib/vendors/medisync/appointments.ts";
import { claimsOf } from "#lib/vendors/medisync/token-claims.ts";
import type { Vendor, VendorAccount } from "#lib/vendors/vendor.ts";
import type { Spending, VendorSession } from "#lib/vendors/vendor-session.ts";

const baseUrl = () => env().MEDISYNC_API_URL;

/** MediSync keeps a practice's appointments with what was dictated there. It has no orders. See README.md in this folder. */
export const medisync: Vendor = {
  id: "medisync",
  name: "MediSync",
  auth: {
    kind: "password",
    baseUrl,
    credentials: z.object({ email: z.email(), password: z.string().min(1).max(1000) }),
    missingSettings: () => [],
    signIn: (credentials) => login(baseUrl(), credentials),
    perHour,
  },
  capabilities: {
    decisions: { lab: [], clinic: [] },
    decisionMode: "recorded",
    files: false,
    attachments: { lab: false, clinic: false },
    orderForm: false,
  },
  endpoints: [
    getSubscriptionEndpoint,
    listAppointmentsEndpoint,
    addAppointmentEndpoint,
    getAppointmentEndpoint,
    listRecordingsEndpoint,
    recordingsOfEndpoint,
    addRecordingEndpoint,
    streamRecordingEndpoint,
    deleteRecordingEndpoint,
    addTranscriptionEndpoint,
    updateTranscriptionEndpoint,
    getTranscriptionEndpoint,
    listNotesEndpoint,
    notesOfEndpoint,
    saveNoteEndpoint,
    updateNoteEndpoint,
    noteSummaryEndpoint,
    noteFeedbackEndpoint,
    updateFeedbackEndpoint,
    predictDiagnosisEndpoint,
    diagnosisOfEndpoint,
    updateDiagnosisEndpoint,
    regenerateNotesEndpoint,
    addDocumentEndpoint,
    documentsOfEndpoint,
    downloadDocumentEndpoint,
    deleteDocumentEndpoint,
    searchPatientsEndpoint,
    addPatientEndpoint,
    updatePatientEndpoint,
  ],
  identify,
  appointments,
};

const PREMIUM = "plan:premium";
/** Kept for sign-ins and for asking whose account it is, which nobody counts. */
const RESERVE = 10;

/** "Default limits": 1000 or 5000 requests an hour, 50 to 200 uploads, by what the account has paid for. */
function perHour(permissions: readonly string[]): Record<Spending, number> {
  const isPremium = permissions.includes(PREMIUM);
  return { call: (isPremium ? 5_000 : 1_000) - RESERVE, upload: isPremium ? 200 : 50 };
}

/**
 * The token says whose it is. The call proves that it is taken, and tells what the account has paid for; accounts of an API that does
 * not know it, or may not ask, count as standard ones.
 */
async function identify(session: VendorSession, signedInAs?: string): Promise<VendorAccount> {
  const plan = await readPlan(session);
  const { userId } = claimsOf(session.accessToken);
  const account = signedInAs?.trim().toLowerCase() ?? `user ${userId ?? "unknown"}`;
  return {
    accountKey: userId ?? account,
    account,
    groupKey: null,
    groupName: null,
    side: "clinic",
    permissions: [plan],
  };
}

async function readPlan(session: VendorSession): Promise<string> {
  try {
    const text = JSON.stringify(await getSubscription(session)) ?? "";
    return /premium/i.test(text) ? PREMIUM : "plan:standard";
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    if (UNKNOWN_THERE.has(error.kind)) await listAppointments(session);
    else if (error.kind !== "scope" && error.kind !== "subscription") throw error;
    return "plan:standard";
  }
}

const UNKNOWN_THERE: ReadonlySet<string> = new Set(["not_found", "invalid", "bad_content"]);
