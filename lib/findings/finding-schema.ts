import { z } from "zod";

const millimetres = z.number().min(-10_000).max(10_000);
const point = z.tuple([millimetres, millimetres, millimetres]).readonly();
const direction = z
  .tuple([z.number().min(-1.001).max(1.001), z.number().min(-1.001).max(1.001), z.number().min(-1.001).max(1.001)])
  .readonly();
const flatPoint = z.tuple([millimetres, millimetres]).readonly();

/** A scan is named by its bytes: both sides of an order hold the same ones under ids of their own. */
const scanHash = z.string().regex(/^[0-9a-f]{64}$/);
const picked = z.object({ scan: scanHash, point });

/** How the case was looked at: mm, a quaternion x y z w. */
export const findingViewSchema = z.object({
  camera: z.object({
    target: point,
    rotation: z.tuple([z.number(), z.number(), z.number(), z.number()]).readonly(),
    spanMm: z.number().positive().max(10_000),
  }),
  openingMm: z.number().min(0).max(100),
  biteGroup: z.string().max(200).nullable(),
  shown: z
    .array(
      z.object({
        scan: scanHash,
        visibility: z.enum(["show", "ghost", "hide"]),
        opacity: z.number().min(0).max(1),
        colouring: z.enum(["stone", "scanner"]),
      }),
    )
    .max(100)
    .readonly(),
});
export type FindingView = z.infer<typeof findingViewSchema>;

/** What was found. Lengths in mm, areas in mm², angles in degrees, all in the scanner's coordinates. */
export const findingGeometrySchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("distance"), points: z.array(picked).length(2).readonly() }),
  z.object({ kind: z.literal("surface"), points: z.array(picked).length(2).readonly() }),
  z.object({ kind: z.literal("angle"), points: z.array(picked).length(3).readonly() }),
  z.object({
    kind: z.literal("section"),
    preset: z.enum(["sagittal", "frontal", "horizontal"]).nullable(),
    origin: point,
    normal: direction,
    positionMm: millimetres,
    cutAway: z.boolean(),
    measurements: z
      .array(z.object({ kind: z.enum(["distance", "thickness"]), from: flatPoint, to: flatPoint }))
      .max(50)
      .readonly(),
  }),
  z.object({ kind: z.literal("contacts"), withinMm: z.number().positive().max(10) }),
  z.object({ kind: z.literal("undercut"), scan: scanHash, axis: direction, from: z.enum(["view", "area"]) }),
  z.object({ kind: z.literal("thickness"), scan: scanHash, thinMm: z.number().positive().max(20) }),
  z.object({ kind: z.literal("compare"), reference: scanHash, scan: scanHash, rangeMm: z.number().positive().max(20) }),
  z.object({ kind: z.literal("pin"), at: picked }),
  /** The picture itself: how the case was looked at, from where. */
  z.object({ kind: z.literal("view") }),
]);
export type FindingGeometry = z.infer<typeof findingGeometrySchema>;

const name = z.string().trim().min(1).max(120);
const text = z.string().trim().min(1).max(4_000);

export const createFindingBodySchema = z.object({
  name,
  geometry: findingGeometrySchema,
  view: findingViewSchema,
  /** The value as it was shown, with its unit: also readable where the scans are not. */
  value: z.string().max(120).default(""),
  /** The scans it was made on; the other side must hold one of them to see it. */
  scans: z.array(scanHash).min(1).max(100),
  shared: z.boolean().default(false),
  /** The first message of its thread. */
  message: text.optional(),
});
export type CreateFindingBody = z.input<typeof createFindingBodySchema>;

export const changeFindingBodySchema = z
  .object({ name, shared: z.boolean(), message: text })
  .partial()
  .refine((body) => Object.keys(body).length > 0, "has nothing to change");
export type ChangeFindingBody = z.infer<typeof changeFindingBodySchema>;

export const findingSchema = z.object({
  id: z.uuid(),
  kind: z.enum([
    "distance",
    "angle",
    "surface",
    "section",
    "contacts",
    "undercut",
    "thickness",
    "compare",
    "pin",
    "view",
  ]),
  name: z.string(),
  value: z.string(),
  geometry: findingGeometrySchema,
  view: findingViewSchema,
  shared: z.boolean(),
  /** False: shared by the other side of the order, to read only. */
  own: z.boolean(),
  /** The side that made it. */
  side: z.enum(["lab", "clinic"]),
  /** Null: of the other side, or no longer a member. */
  author: z.string().nullable(),
  createdAt: z.iso.datetime(),
  /** By both sides, oldest first. */
  thread: z.array(
    z.object({
      id: z.uuid(),
      side: z.enum(["lab", "clinic"]),
      author: z.string().nullable(),
      at: z.iso.datetime(),
      text: z.string(),
    }),
  ),
});
export type FindingItem = z.infer<typeof findingSchema>;
