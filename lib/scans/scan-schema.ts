import { z } from "zod";
import { jawSchema } from "#lib/orders/order-schema.ts";

const point = z.tuple([z.number(), z.number(), z.number()]);

const signedAxisSchema = z.enum(["x", "-x", "y", "-y", "z", "-z"]);

/** One mesh of a case as `GET /api/scans/{id}` gives it. Lengths in mm, errors in µm. */
export const scanSchema = z.object({
  id: z.uuid(),
  orderId: z.uuid(),
  fileId: z.uuid(),
  name: z.string(),
  jaw: jawSchema.nullable(),
  biteGroup: z.string().nullable(),
  state: z.enum(["waiting", "fetching", "ready", "failed"]),
  problem: z.string().nullable(),
  format: z.enum(["obj", "stl", "ply"]).nullable(),
  vertices: z.number().int().nullable(),
  triangles: z.number().int().nullable(),
  bounds: z.object({ min: point, max: point }).nullable(),
  maxErrorUm: z.number().nullable(),
  sha256: z.string().nullable(),
  bytes: z.number().int().nullable(),
  hasColour: z.boolean(),
  /** How the viewer turns it: its x, y and z as axes of the mesh. The file itself stays as it came. Null: as it is. */
  axes: z.tuple([signedAxisSchema, signedAxisSchema, signedAxisSchema]).nullable(),
  dropped: z.number().int(),
  previews: z.object({
    low: z.object({ bytes: z.number().int(), triangles: z.number().int() }).nullable(),
    full: z.object({ bytes: z.number().int(), triangles: z.number().int() }).nullable(),
  }),
});
export type ScanView = z.infer<typeof scanSchema>;

export const previewQuerySchema = z.object({ detail: z.enum(["low", "full"]).default("low") });
/** Of the order's `thumbnail`; without it the answer is asked for anew each time. */
export const thumbnailQuerySchema = z.object({ v: z.string().max(64).optional() });

/** Ids of scans, separated by commas; without it all that are ready. */
export const casePreviewQuerySchema = z.object({
  scans: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.uuid()).min(1).max(64))
    .optional(),
});
export const downloadQuerySchema = z.object({ format: z.enum(["original", "stl", "obj", "ply"]).default("original") });
