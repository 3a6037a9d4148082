import { z } from "zod";
import { asIs, id, list, text } from "#lib/vendors/tolerant-fields.ts";

/** MediSync's records in its own spelling: the fields we read. */

/** An id, also where the record itself stands in its place. */
const reference = () =>
  z.preprocess((value) => (typeof value === "object" && value !== null && "_id" in value ? value._id : value), text());

/** "Success Response": the record is in `data`; some answers are the record itself. */
function unwrap(raw: unknown): unknown {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw) && "data" in raw ? raw.data : raw;
}

/** The one record of an answer. */
export const one = <T extends z.ZodType>(record: T) => z.unknown().transform(unwrap).pipe(record);

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
  .pipe(z.looseObject({ token: z.string().min(1), uid: text() }));

export const subscriptionSchema = one(
  z.looseObject({ plan: text(), tier: text(), type: text(), name: text(), status: text() }).or(z.unknown()),
);

export const appointmentSchema = z.looseObject({
  _id: id(),
  name: text(),
  date: text(),
  time: text(),
  status: text(),
  patient_id: reference(),
  recording_id: asIs(),
  document_id: asIs(),
  transcription: asIs(),
});
export type AppointmentRow = z.output<typeof appointmentSchema>;

export const patientSchema = z.looseObject({ _id: id(), firstName: text(), lastName: text(), dateOfBirth: text() });
export type PatientRow = z.output<typeof patientSchema>;

export const recordingSchema = z.looseObject({ _id: id(), appointment_id: reference(), createdAt: asIs() });

export const transcriptionSchema = z.looseObject({ transcription: asIs() });

export const noteSchema = z.looseObject({
  _id: id(),
  appointment_id: reference(),
  notes: text(),
  summary: text(),
  diagnosis_prediction: asIs(),
  updatedAt: asIs(),
});
export type NoteRow = z.output<typeof noteSchema>;

/** "Regenerate notes" answers the two texts alone. */
export const writtenSchema = z.looseObject({ notes: text(), summary: text() });

export const documentSchema = z.looseObject({ _id: id(), appointment_id: reference(), document_key: text() });

/** Answers whose content nobody needs. */
export const doneSchema = z.unknown();
