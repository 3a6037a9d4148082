import { z } from "zod";

/** Shapes of an order's appointment, as the HTTP surface takes and gives them. Pure. */

const key = z.string().regex(/^[\w-]{1,64}$/);
const day = z.iso.date();

/** Where a search begins: the patient's name on the order, or what somebody typed. */
export const findAppointmentsBodySchema = z.strictObject({
  connection: z.uuid(),
  name: z.string().trim().min(1).max(200).optional(),
});

/** A person's word that this is the appointment. */
export const linkAppointmentBodySchema = z.strictObject({
  connection: z.uuid(),
  appointmentKey: key,
  confirmed: z.literal(true),
});

/** A person's word, asked for twice, that the dictation shall be gone for good. */
export const deleteRecordingBodySchema = z.strictObject({ confirmed: z.literal(true) });

export const VISIT_KINDS = ["try_in", "seating", "other"] as const;
export const visitSchema = z.object({
  key: z.string(),
  title: z.string(),
  kind: z.enum(VISIT_KINDS),
  /** The practice's calendar day and clock. */
  day: day.nullable(),
  time: z.string().nullable(),
  status: z.string(),
});
export type VisitView = z.infer<typeof visitSchema>;

export const visitPatientSchema = z.object({ name: z.string(), birthDate: day.nullable() });

export const appointmentCandidateSchema = visitSchema.extend({
  patient: visitPatientSchema.nullable(),
  /** Whether the order's name for the patient has the same words; null when either has none. */
  nameAgrees: z.boolean().nullable(),
  /** Days from the day the order was placed; negative before it. */
  daysFromOrder: z.number().int().nullable(),
  isProposed: z.boolean(),
});
export type AppointmentCandidate = z.infer<typeof appointmentCandidateSchema>;

/** The lab's date against one visit of the patient. */
export const dateWarningSchema = z.object({
  /** "due_after": the work comes when the patient has been; "due_same_day": it may come too late. */
  type: z.enum(["due_after", "due_same_day"]),
  visit: visitSchema,
});
export type DateWarning = z.infer<typeof dateWarningSchema>;

export const appointmentLinkSchema = z.object({
  id: z.uuid(),
  connectionId: z.uuid(),
  vendorName: z.string(),
  appointment: visitSchema,
  patient: visitPatientSchema.nullable(),
  /** Try-in and seating of the same patient from the day of the order on, by day. */
  visits: z.array(visitSchema),
  dueOn: day.nullable(),
  warnings: z.array(dateWarningSchema),
  /** When the practice was asked last. */
  readAt: z.iso.datetime(),
  confirmedBy: z.object({ id: z.uuid(), name: z.string() }),
  confirmedAt: z.iso.datetime(),
});
export type AppointmentLinkView = z.infer<typeof appointmentLinkSchema>;

export const orderAppointmentSchema = z.object({
  /** Accounts whose appointments can be looked through. */
  connections: z.array(z.object({ id: z.uuid(), account: z.string(), vendorName: z.string() })),
  link: appointmentLinkSchema.nullable(),
});
export type OrderAppointment = z.infer<typeof orderAppointmentSchema>;

/** A tooth or a shade in a text: `start` and `end` are offsets in it. */
export const mentionSchema = z.object({
  start: z.number().int(),
  end: z.number().int(),
  kind: z.enum(["tooth", "shade"]),
  verdict: z.enum(["agrees", "differs", "ambiguous"]),
});
export type MentionView = z.infer<typeof mentionSchema>;

const fdi = z.number().int();
/** What a text says otherwise than the prescription. Teeth are FDI numbers. */
export const differenceSchema = z.discriminatedUnion("type", [
  /** The text names a tooth that is not ordered. */
  z.object({ type: z.literal("tooth_not_ordered"), tooth: fdi }),
  /** An ordered tooth that the text, which names others, does not name. */
  z.object({ type: z.literal("tooth_not_in_note"), tooth: fdi }),
  /** A number that is a tooth in both notations, and the order does not tell which. */
  z.object({ type: z.literal("tooth_ambiguous"), written: z.string(), asFdi: fdi, asUniversal: fdi }),
  z.object({ type: z.literal("shade_differs"), shade: z.string(), ordered: z.array(z.string()), teeth: z.array(fdi) }),
  /** The text names a shade, the order none. */
  z.object({ type: z.literal("shade_not_ordered"), shade: z.string(), teeth: z.array(fdi) }),
]);
export type NoteDifference = z.infer<typeof differenceSchema>;

export const clinicalTextSchema = z.object({
  source: z.enum(["note", "transcription"]),
  /** Plain text. */
  text: z.string(),
  summary: z.string().nullable(),
  updatedAt: z.iso.datetime().nullable(),
  mentions: z.array(mentionSchema),
  differences: z.array(differenceSchema),
});
export type ClinicalText = z.infer<typeof clinicalTextSchema>;

export const DOCUMENT_KINDS = ["order_form", "delivery_note"] as const;
export const sendDocumentBodySchema = z.strictObject({ kind: z.enum(DOCUMENT_KINDS) });

export const visitNoteSchema = z.object({
  link: appointmentLinkSchema,
  texts: z.array(clinicalTextSchema),
  /** Of all texts together, once each. */
  differences: z.array(differenceSchema),
  /** Whether there is a dictation; null when the practice's system does not say before it is asked for it. */
  recorded: z.boolean().nullable(),
  /** The appointment's one document. */
  document: z.object({ name: z.string(), kind: z.enum(DOCUMENT_KINDS).nullable() }).nullable(),
});
export type VisitNote = z.infer<typeof visitNoteSchema>;

export const sentDocumentSchema = z.object({
  kind: z.enum(DOCUMENT_KINDS),
  name: z.string(),
  sentAt: z.iso.datetime(),
});
