import { z } from "zod";

/** The answer of `GET /api/orders/{id}/file-list`. */
export const outgoingListSchema = z.object({
  /** The order's folder, e.g. "1045882 Davis Dental". */
  folder: z.string(),
  /** Nothing more is expected: every scan has come or failed. Until then names may still change. */
  isWhole: z.boolean(),
  files: z.array(
    z.object({
      id: z.uuid(),
      /** Inside the folder, by the organisation's template; "/" makes a folder. */
      name: z.string(),
      /** Where its bytes are; each download is audited. Null while they are not here. */
      url: z.string().nullable(),
    }),
  ),
});
export type OutgoingList = z.infer<typeof outgoingListSchema>;
