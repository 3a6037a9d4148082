import { z } from "zod";
import { listOrdersQuerySchema } from "#lib/orders/order-schema.ts";
import { INBOX_COLUMNS } from "#lib/preferences/preference-values.ts";

/** What a saved view keeps of the inbox: filters, text and sort, as `GET /api/orders` takes them. */
export const viewFiltersSchema = listOrdersQuerySchema.omit({ groups: true, cursor: true, limit: true });

const name = z.string().trim().min(1).max(60);
const columns = z.array(z.enum(INBOX_COLUMNS)).min(1).max(INBOX_COLUMNS.length).nullable();

export const saveViewBodySchema = z.object({
  name,
  filters: viewFiltersSchema,
  /** Columns of this view; null: each member's own. */
  columns: columns.default(null),
  /** Shown to everybody of the organisation. */
  shared: z.boolean().default(false),
});
export type SaveViewBody = z.infer<typeof saveViewBodySchema>;

/** What is absent stays. */
export const changeViewBodySchema = z.object({
  name: name.optional(),
  filters: viewFiltersSchema.optional(),
  columns: columns.optional(),
  shared: z.boolean().optional(),
});
export type ChangeViewBody = z.infer<typeof changeViewBodySchema>;

export const savedViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  filters: viewFiltersSchema,
  columns,
  shared: z.boolean(),
  /** This member may change and delete it. */
  editable: z.boolean(),
  /** Orders in the view now, counted as far as 1000, a text's as far as 500. */
  count: z.number().int(),
  /** Counting ended there: there may be more. */
  more: z.boolean(),
});
export type SavedViewItem = z.infer<typeof savedViewSchema>;
