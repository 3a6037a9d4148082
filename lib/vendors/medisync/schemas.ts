import { z } from "zod";
import { accessTokenSchema } from "#lib/vendors/access-token.ts";
import { asIs, id, list, text } from "#lib/vendors/tolerant-fields.ts";

/** MediSync's records in its own spelling: the fields we read. */

type Raw = Record<string, unknown>;

function isRecord(value: unknown): value is Raw {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An id, also where the record itself stands in its place. */
const reference = () => z.preprocess((value) => (isRecord(value) ? (value._id ?? value.id ?? null) : value), text());

/**
 * A record whose fields the documents leave open: names that can only mean the same are taken for one another, the one of the vendor's
 * own examples first.
 */
const renamed = <T extends z.ZodType>(names: Record<string, readonly string[]>, record: T) =>
  z
    .unknown()
    .transform((raw) => (isRecord(raw) ? { ...raw, ...underFirstName(names, raw) } : raw))
    .pipe(record);

function underFirstName(names: Record<string, readonly string[]>, raw: Raw): Raw {
  const found = Object.entries(names).flatMap(([name, others]) => {
    const known = [name, ...others].filter((one) => one in raw);
    const used = known.find((one) => raw[one] !== null && raw[one] !== "") ?? known[0];
    return used === undefined ? [] : [[name, raw[used]]];
  });
  return Object.fromEntries(found);
}

/** "Success Response": the record is in `data`; some answers are the record itself. */
function unwrap(raw: unknown): unknown {
  return isRecord(raw) && "data" in raw ? raw.data : raw;
}

/** The one record of an answer, also where it stands under a name of its own: `{data: {appointment: {…}}}`. */
export const one = <T extends z.ZodType>(record: T) =>
  z
    .unknown()
    .transform((raw) => {
      const data = unwrap(raw);
      if (!isRecord(data) || record.safeParse(data).success) return data;
      const inner = Object.values(data).filter(isRecord);
      return inner.length === 1 ? inner[0] : data;
    })
    .pipe(record);

/** The record of an answer to a write. What was done stays done, whatever the answer looks like. */
export const written = <T extends z.ZodType>(record: T) => one(record).or(z.unknown());

/** A whole list, or a page of one: `{data, page, limit, total}`, in whatever the list is called. Unreadable rows are left out. */
export const page = <T extends z.ZodType>(row: T) =>
  z
    .unknown()
    .transform((raw, context) => {
      const found = listIn(raw);
      if (!found) context.addIssue({ code: "custom", message: "no list" });
      return found ?? { rows: [], total: null };
    })
    .pipe(z.object({ rows: list(row), total: z.number().nullable() }));

function listIn(raw: unknown): { rows: unknown[]; total: number | null } | null {
  if (Array.isArray(raw)) return { rows: raw, total: null };
  if (typeof raw !== "object" || raw === null) return null;
  const total = "total" in raw && Number.isInteger(raw.total) ? (raw.total as number) : null;
  if ("data" in raw && raw.data === null) return { rows: [], total };
  for (const value of Object.values(raw)) {
    const found = listIn(value);
    if (found) return { rows: found.rows, total: found.total ?? total };
  }
  return null;
}

/** "Login": the token may also stand in `data`. */
export const loginAnswerSchema = z
  .unknown()
  .transform((raw) => (typeof raw === "object" && raw !== null && "token" in raw ? raw : unwrap(raw)))
  .pipe(z.looseObject({ token: accessTokenSchema, uid: text() }));

export const subscriptionSchema = one(
  z.looseObject({ plan: text(), tier: text(), type: text(), name: text(), status: text() }).or(z.unknown()),
);

const appointmentNames = {
  _id: ["id"],
  name: ["title", "reason"],
  date: ["appointment_date", "appointmentDate", "scheduled_at", "scheduledAt", "start_time", "startTime", "start"],
  time: ["appointment_time", "appointmentTime", "start_time", "startTime"],
  patient_id: ["patientId", "patient"],
  recording_id: ["recordingId", "recording"],
  document_id: ["documentId", "document"],
};
export const appointmentSchema = renamed(
  appointmentNames,
  z.looseObject({
    _id: id(),
    name: text(),
    date: text(),
    time: text(),
    status: text(),
    patient_id: reference(),
    recording_id: asIs(),
    document_id: asIs(),
    transcription: asIs(),
  }),
);
export type AppointmentRow = z.output<typeof appointmentSchema>;

export const patientSchema = renamed(
  { _id: ["id"], firstName: ["first_name"], lastName: ["last_name"], dateOfBirth: ["date_of_birth", "birthDate"] },
  z.looseObject({ _id: id(), firstName: text(), lastName: text(), dateOfBirth: text() }),
);
export type PatientRow = z.output<typeof patientSchema>;

const ID = { _id: ["id"] };

export const recordingSchema = renamed(
  ID,
  z.looseObject({ _id: id(), appointment_id: reference(), createdAt: asIs() }),
);

export const transcriptionSchema = z.looseObject({ transcription: asIs() });

export const noteSchema = renamed(
  ID,
  z.looseObject({
    _id: id(),
    appointment_id: reference(),
    notes: text(),
    summary: text(),
    diagnosis_prediction: asIs(),
    updatedAt: asIs(),
  }),
);
export type NoteRow = z.output<typeof noteSchema>;

/** "Regenerate notes" answers the two texts alone. */
export const noteTextsSchema = z.looseObject({ notes: text(), summary: text() });

export const documentSchema = renamed(
  ID,
  z.looseObject({ _id: id(), appointment_id: reference(), document_key: text() }),
);

/** Answers whose content nobody needs. */
export const doneSchema = z.unknown();
