import { z } from "zod";

/** The body of `PUT /api/orders/{id}/hold`. */
export const holdBodySchema = z.object({
  /** A code of `GET /api/reasons`. */
  reason: z.string().trim().min(1).max(80),
  note: z.string().trim().max(2000).optional(),
  /** The day to look again, in the organisation's calendar; it comes back by itself. */
  until: z.iso.date(),
});
export type HoldBody = z.infer<typeof holdBodySchema>;
