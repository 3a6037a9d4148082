import { z } from "zod";
import { REASON_GROUPS } from "./reason-codes.ts";

export const reasonGroupSchema = z.enum(REASON_GROUPS);

export const reasonSchema = z.object({
  /** Kept with the order; never renamed. */
  code: z.string(),
  group: reasonGroupSchema,
  /** In the reader's language, or as the organisation named it. */
  label: z.string(),
  /** Everybody has it; an organisation may name it otherwise or switch it off. */
  builtIn: z.boolean(),
  /** Not offered any more. */
  off: z.boolean(),
});
export type ReasonView = z.infer<typeof reasonSchema>;

const label = z.string().trim().min(1).max(80);
export const addReasonBodySchema = z.object({ group: reasonGroupSchema, label });
export const changeReasonBodySchema = z
  /** null: the usual name again, of a reason that everybody has. */
  .object({ label: label.nullable().optional(), off: z.boolean().optional() })
  .strict();
export const reasonParamsSchema = z.object({ code: z.string().regex(/^[a-z_]+\.[a-z0-9_]+$/) });
