import { z } from "zod";
import { generatedScan, type OrderPlan, scanFile } from "./order-plan.ts";
import { item, product } from "./prescriptions.ts";
import { Random } from "./random.ts";

const DAY = 86_400_000;

/** What a clinic fills in, when a test says it word by word instead of leaving it to the order's number. */
export const orderedFormSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      /** As the vendor's form has it: 0 is no tooth. */
      tooth: z.int(),
      /** Category, method and material: "Crown/Anatomic/Zirconia". */
      what: z.string().default("Crown/Anatomic/Zirconia"),
      shade: z.string().default("A2"),
      jaw: z.string().default(""),
    }),
  ),
  bridges: z.array(z.array(z.int())).default([]),
  note: z.string().default(""),
  scans: z.array(z.enum(["upper", "lower", "bite"])).default(["upper", "lower", "bite"]),
  caseStatus: z.string().default("SCAN"),
  /** Days after the order's own; absent: as the number decides. */
  dueInDays: z.int().optional(),
});
export type OrderedForm = z.infer<typeof orderedFormSchema>;

const SCANS = {
  upper: ["maxillary.meditMesh", "maxilla", "upper"],
  lower: ["mandibular.meditMesh", "mandible", "lower"],
  bite: ["occlusionfirst.meditMesh", "occlusion_first", "bite-left"],
} as const;
/** One mouth for all of them: its scans are made and read once. */
const MOUTH = { anatomy: 7, work: { items: [], bridges: [], prepared: [], missing: [], label: "" } };

/** Makes an order ask for exactly this. */
export function fillForm(plan: OrderPlan, form: OrderedForm, triangles: number): void {
  const items = form.items.map(({ tooth, what, shade, jaw }) => {
    const [category = "", method = "", material = ""] = what.split("/");
    return item(product(category, method, material), tooth, shade, { jawType: jaw });
  });
  plan.formInformation = { type: "TEETH", items };
  plan.bridges = form.bridges;
  plan.description = form.note;
  plan.caseStatus = form.caseStatus;
  plan.occlusionGroups = [];
  plan.files = form.scans.map((which) => {
    const [name, entry, jaw] = SCANS[which];
    return scanFile(name, entry, generatedScan(jaw, MOUTH.anatomy, MOUTH.work, triangles), new Random(which));
  });
  if (form.dueInDays !== undefined) plan.desiredDelivery = plan.createdAt + form.dueInDays * DAY;
}
