import { z } from "zod";
import { orderedFormSchema } from "./ordered-form.ts";

/** Bodies of the control port. */

export const orderActionSchema = z.discriminatedUnion("action", [
  z.strictObject({ action: z.enum(["accept", "reject", "cancel"]), by: z.string().optional() }),
  z.strictObject({ action: z.literal("touch") }),
  z.strictObject({ action: z.literal("status"), status: z.string().min(1), by: z.string().optional() }),
  z.strictObject({ action: z.literal("drift"), fields: z.record(z.string(), z.unknown()).nullable() }),
  z.strictObject({ action: z.literal("delivery"), delivery: z.array(z.record(z.string(), z.unknown())) }),
]);

export const newOrdersSchema = z.strictObject({
  count: z.int().min(1).max(100_000).default(1),
  /** E-mail of a clinic account and of a lab account. */
  clinic: z.string().default("clinic@davis.example"),
  lab: z.string().default("lab@onelab.example"),
  status: z.string().default("PENDING"),
  /** Made like one of the special orders (`GET /special-orders`) instead of an everyday one. */
  like: z.string().optional(),
  /** Absent: everybody's own. The code of a clinic with Open Dental is the practice's patient number. */
  patient: z.strictObject({ name: z.string(), code: z.string() }).optional(),
  /** What is ordered, word by word. */
  form: orderedFormSchema.optional(),
});

export const liveSettingsSchema = z
  .strictObject({
    refreshMode: z.enum(["lenient", "strict"]),
    accessTokenSeconds: z.int().min(0),
    refreshTokenSeconds: z.int().min(0),
    codeSeconds: z.int().min(0),
    rateLimitPerSecond: z.int().min(0),
    searchLatencyMs: z.int().min(0),
    churnPerSearch: z.number().min(0).max(1000),
    cadmusTokenSeconds: z.int().min(0),
    conversionDelayMs: z.int().min(0),
    uploadProcessingMs: z.int().min(0),
    signedUrlSeconds: z.int().min(0),
    grantScopes: z.string().nullable(),
    openDentalGeneration: z.enum(["older", "newer"]),
    openDentalIllegalJson: z.boolean(),
    openDentalThrottle: z.number().min(0).max(10),
    medisyncTokenSeconds: z.int().min(0),
    medisyncErrors: z.enum(["business", "rest"]),
    medisyncCallsPerHour: z.int().min(0),
    medisyncUploadsPerHour: z.int().min(0),
    redirectUris: z.array(z.string()).max(4),
    /** Shorthand: registers this portal's callbacks instead of the ones registered at start. */
    portalUrl: z.url(),
  })
  .partial();

export const expireSchema = z.strictObject({ what: z.enum(["access", "refresh"]), account: z.string().optional() });

export const cadmusCaseSchema = z
  .strictObject({
    status: z.enum(["new", "accepted", "rejected", "in_production", "complete", "cancelled"]),
    completenessStatus: z.enum(["complete", "incomplete"]),
    infoRequestStatus: z.enum(["none", "requested", "received"]),
  })
  .partial();

const day = z.iso.date();

/** A patient who comes in for an order: the name is the order's unless it is given. */
export const visitsSchema = z.strictObject({
  doctor: z.string().default("medisync@davis.example"),
  order: z.int(),
  dateOfBirth: day.nullable().default("1980-01-17"),
  note: z.string().nullable().default(null),
  transcription: z.string().nullable().default(null),
  recorded: z.boolean().default(true),
  consultationOn: day,
  tryInOn: day.nullable().default(null),
  seatingOn: day.nullable().default(null),
});
