import { z } from "zod";
import { decideBodySchema, decisionSchema } from "#lib/orders/order-schema.ts";

/** As many orders as one request takes: more are sent in several, so that each answers soon. */
export const MOST_AT_ONCE = 100;

const target = { orderIds: z.array(z.uuid()).min(1).max(MOST_AT_ONCE) };

/**
 * The body of `POST /api/orders/bulk`: one action on many orders. With `preview` nothing is done: the results say what would be
 * possible. Decisions need an `Idempotency-Key`, which with the order's id makes each of them happen once.
 */
export const bulkBodySchema = z.discriminatedUnion("action", [
  z.object({
    action: z.enum(["accept", "reject", "cancel"]),
    ...target,
    ...decideBodySchema.shape,
    preview: z.boolean().default(false),
  }),
  z.object({ action: z.literal("assign"), ...target, assigneeId: z.uuid().nullable() }),
  z.object({ action: z.literal("tag"), ...target, tags: z.array(z.string().trim().min(1).max(40)).min(1).max(12) }),
]);
export type BulkBody = z.infer<typeof bulkBodySchema>;

export const bulkResultSchema = z.object({
  orderId: z.uuid(),
  /** possible: of a preview; done: written down (a decision is on its way); refused: not, and `code` says why. */
  outcome: z.enum(["possible", "done", "refused"]),
  /** An error code of ours, when refused. */
  code: z.string().nullable(),
  /** What was asked for, for decisions that were. */
  decision: decisionSchema.nullable(),
});
export type BulkResult = z.infer<typeof bulkResultSchema>;
