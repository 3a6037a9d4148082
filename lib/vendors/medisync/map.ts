import type { Appointment, AppointmentPatient, ClinicalNote } from "#lib/vendors/appointment-source.ts";
import { plainText } from "#lib/vendors/medisync/plain-text.ts";
import type { AppointmentRow, NoteRow, PatientRow } from "#lib/vendors/medisync/schemas.ts";
import { parseVendorDate } from "#lib/vendors/parse-vendor-date.ts";

/** MediSync's records in our words. Pure. */

/** Names of appointments are free text: these words are what practices use for the two visits that a lab's work is for. */
const KINDS: readonly [Appointment["kind"], RegExp][] = [
  ["try_in", /\btry[\s-]?ins?\b|\b(ein|an|gerüst|wachs)(an|ein)?probe/i],
  ["seating", /\bseat(s|ing)?\b|\binsert(ion)?\b|\bdeliver|\bcement|\bfitting\b|einsetz|eingliede|zementier|abgabe/i],
];

/** @param zone of the practice, for dates that come as instants */
export function toAppointment(row: AppointmentRow, zone: string): Appointment {
  const title = plainText(row.name ?? "");
  const { day, time } = localTimeOf(row.date, row.time, zone);
  return {
    key: row._id,
    title,
    kind: KINDS.find(([, pattern]) => pattern.test(title))?.[0] ?? "other",
    day,
    time,
    status: row.status ?? "",
    patientKey: row.patient_id,
    isRecorded: row.recording_id === undefined ? null : keyOf(row.recording_id) !== null,
    documentKey: row.document_id === undefined ? undefined : keyOf(row.document_id),
    transcription: readTranscript(row.transcription),
  };
}

function keyOf(value: unknown): string | null {
  if (typeof value === "object" && value !== null && "_id" in value) return keyOf(value._id);
  return typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : null;
}

/**
 * Day and clock time as the practice has them: "2024-03-15" and "14:30" stay what they are, in whatever zone and on whatever day
 * the clocks change. Only a date that comes as an instant is put into the practice's zone; midnight of UTC beside a time of its own is a
 * day that was stored as an instant.
 */
function localTimeOf(date: string | null, time: string | null, zone: string): Pick<Appointment, "day" | "time"> {
  const given = (date ?? "").trim();
  const clock = clockOf(time);
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(given);
  if (iso) return { day: calendarDay(iso[1]!, iso[2]!, iso[3]!), time: clock };
  const european = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(given);
  if (european) return { day: calendarDay(european[3]!, european[2]!, european[1]!), time: clock };
  const { at } = parseVendorDate(given === "" ? null : given);
  if (!at) return { day: null, time: clock };
  if (clock && at.getTime() % 86_400_000 === 0) return { day: at.toISOString().slice(0, 10), time: clock };
  const [day = "", own = ""] = new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "short",
  })
    .format(at)
    .split(" ");
  return { day, time: clock ?? own };
}

function calendarDay(year: string, month: string, day: string): string | null {
  const text = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const at = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text ? null : text;
}

/** "14:30", "14:30:00", "2:30 PM"; null for anything else. */
function clockOf(time: string | null): string | null {
  const [, hours, minutes, half] = /^\s*(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap]m)?\s*$/i.exec(time ?? "") ?? [];
  if (hours === undefined || minutes === undefined) return null;
  const hour = half ? (Number(hours) % 12) + (half.toLowerCase() === "pm" ? 12 : 0) : Number(hours);
  return hour > 23 || Number(minutes) > 59 ? null : `${String(hour).padStart(2, "0")}:${minutes}`;
}

export function toPatient(row: PatientRow): AppointmentPatient {
  return {
    key: row._id,
    firstName: plainText(row.firstName ?? ""),
    lastName: plainText(row.lastName ?? ""),
    birthDate: /^\d{4}-\d{2}-\d{2}/.exec(row.dateOfBirth ?? "")?.[0] ?? null,
  };
}

/** @returns null for a note without a word */
export function toNote(row: NoteRow): ClinicalNote | null {
  const text = plainText(row.notes ?? "");
  const summary = plainText(row.summary ?? "");
  if (text === "" && summary === "") return null;
  return { text, summary: summary || null, updatedAt: parseVendorDate(row.updatedAt).at };
}

/** A transcription as text: it comes as one, or speaker by speaker ("speech-to-text with speaker diarization"). */
export function readTranscript(value: unknown): string | null {
  if (typeof value === "string") return plainText(value) || null;
  if (Array.isArray(value)) return value.flatMap((part) => readTranscript(part) ?? []).join("\n") || null;
  if (typeof value !== "object" || value === null) return null;
  const { data, transcription, segments, speaker, text } = value as Record<string, unknown>;
  const words =
    readTranscript(data) ?? readTranscript(transcription) ?? readTranscript(segments) ?? readTranscript(text);
  return words && (typeof speaker === "string" || typeof speaker === "number")
    ? `${plainText(String(speaker))}: ${words}`
    : words;
}
