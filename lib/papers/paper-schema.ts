import { z } from "zod";

/** The papers that Casebench makes of an order. */
export const PAPER_KINDS = ["work_ticket", "order_form", "delivery_note", "label"] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** As many orders as one request puts on paper. */
export const MOST_PRINTED = 100;

const look = {
  /** Labels: one a page for a label printer, or on sheets. */
  on: z.enum(["single", "sheet"]).default("single"),
  /** Labels on sheets: the first free place, 1 is the sheet's first. */
  from: z.coerce.number().int().min(1).max(30).default(1),
  /** How many of each. */
  copies: z.coerce.number().int().min(1).max(30).default(1),
};

export const paperQuerySchema = z.object(look);
export type PaperLook = z.infer<typeof paperQuerySchema>;

/** Papers of several orders in one PDF. */
export const papersQuerySchema = z.object({
  kind: z.enum(PAPER_KINDS),
  /** Comma separated. */
  ids: z.preprocess(
    (given) =>
      [given]
        .flat()
        .flatMap((text) => String(text ?? "").split(","))
        .filter(Boolean),
    z.array(z.uuid()).min(1).max(MOST_PRINTED),
  ),
  ...look,
});
