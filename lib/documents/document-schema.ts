import { z } from "zod";
import { IMAGE_TYPES } from "#lib/vendors/document-store.ts";

/** Shapes of the chart's side of an order, as the HTTP surface takes and gives them. Pure. */

const key = z.string().regex(/^[\w-]{1,40}$/);
const day = z.iso.date();

/** Where a search begins: a last name and one thing more, because names alone find the wrong people. */
export const findPatientsBodySchema = z
  .strictObject({
    connection: z.uuid(),
    lastName: z.string().trim().min(1).max(100).optional(),
    firstName: z.string().trim().min(1).max(100).optional(),
    birthDate: day.optional(),
  })
  .refine(({ lastName, firstName, birthDate }) => lastName === undefined || Boolean(firstName ?? birthDate), {
    path: ["birthDate"],
    message: "or firstName is needed beside lastName",
  });

/** A person's word that this is the patient, with what they read off the chart or the person. */
export const confirmPatientBodySchema = z.strictObject({
  connection: z.uuid(),
  patientKey: key,
  confirmed: z.literal(true),
  secondIdentifier: z.union([
    z.strictObject({ birthDate: day }),
    z.strictObject({ chartNumber: z.string().min(1).max(40) }),
  ]),
});

const chartPatientSchema = z.object({
  key: z.string(),
  lastName: z.string(),
  firstName: z.string(),
  birthDate: day.nullable(),
  chartNumber: z.string().nullable(),
  isActive: z.boolean(),
});

export const patientCandidateSchema = chartPatientSchema.extend({
  /** "code": the order itself names this patient of the practice. */
  how: z.enum(["code", "search"]),
  /** Whether the order's name for the patient has the same words; null when the order has none. */
  nameAgrees: z.boolean().nullable(),
});
export type PatientCandidate = z.infer<typeof patientCandidateSchema>;

export const chartMatchSchema = z.object({
  id: z.uuid(),
  connectionId: z.uuid(),
  patient: chartPatientSchema,
  how: z.enum(["code", "search"]),
  confirmedBy: z.uuid(),
  confirmedAt: z.iso.datetime(),
  /** Until then it can be taken back, with everything that was filed since. */
  undoUntil: z.iso.datetime(),
});
export type ChartMatchView = z.infer<typeof chartMatchSchema>;

export const FILING_KINDS = ["order_form", "picture", "delivery_note"] as const;

/** What is filed how; beside it the file itself, unless the vendor's own order form is meant. */
export const filingDetailsSchema = z.strictObject({
  kind: z.enum(FILING_KINDS),
  category: key.optional(),
  imageType: z.enum(IMAGE_TYPES).optional(),
  description: z.string().trim().max(200).optional(),
  /** FDI; absent: the teeth of the order. */
  teeth: z.array(z.number().int()).max(52).optional(),
});
export type FilingDetails = z.infer<typeof filingDetailsSchema>;

export const filingSchema = z.object({
  id: z.uuid(),
  kind: z.enum(FILING_KINDS),
  state: z.enum(["sending", "filed", "failed", "removed"]),
  problem: z.string().nullable(),
  /** The document's number in the chart; null where the practice has not told it. */
  documentKey: z.string().nullable(),
  createdAt: z.iso.datetime(),
  filedAt: z.iso.datetime().nullable(),
});
export type FilingView = z.infer<typeof filingSchema>;

const choiceSchema = z.object({ key: z.string(), name: z.string() });

export const chartCategorySchema = choiceSchema.extend({
  /** The folder that the practice marked for lab cases, or the one named like it. */
  isProposed: z.boolean(),
});
export type ChartCategoryView = z.infer<typeof chartCategorySchema>;

export const chartPictureSchema = z.object({
  kind: z.enum(["document", "mount"]),
  key: z.string(),
  description: z.string(),
  category: z.string(),
  /** FDI. */
  teeth: z.array(z.number().int()),
  createdAt: z.iso.datetime().nullable(),
  /** A data address of 100 × 100 pixels; null for mounts and for what the practice could not make small. */
  thumbnail: z.string().nullable(),
});
export type ChartPicture = z.infer<typeof chartPictureSchema>;

const moment = z.iso.datetime().nullable();
export const labCaseSchema = z.object({
  key: z.string(),
  labKey: z.string(),
  providerKey: z.string(),
  appointmentKey: z.string().nullable(),
  /** A calendar day of the practice. */
  dueOn: day.nullable(),
  sentAt: moment,
  receivedAt: moment,
  checkedAt: moment,
  /** From the last of its dates. */
  status: z.enum(["created", "sent", "received", "checked"]),
});
export const labCaseChoicesSchema = z.object({
  labs: z.array(choiceSchema),
  providers: z.array(choiceSchema),
  appointments: z.array(
    z.object({
      key: z.string(),
      status: z.string(),
      at: moment,
      description: z.string(),
      /** Foreseen, and without a date yet. */
      isPlanned: z.boolean(),
    }),
  ),
  /** The lab of the order, when a lab of the practice has its name. */
  proposedLab: z.string().nullable(),
  labCase: labCaseSchema.nullable(),
});
export type LabCaseChoices = z.infer<typeof labCaseChoicesSchema>;
export type LabCaseView = z.infer<typeof labCaseSchema>;

export const bringPicturesBodySchema = z.strictObject({
  pictures: z
    .array(z.strictObject({ kind: z.enum(["document", "mount"]), key }))
    .min(1)
    .max(20),
});

export const labCaseBodySchema = z.strictObject({
  lab: key,
  provider: key,
  appointment: key.nullable().default(null),
});
