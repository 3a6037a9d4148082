import { documentFile, generatedScan, type OrderPlan, type PlannedFile, scanFile } from "./order-plan.ts";
import { item, product } from "./prescriptions.ts";
import type { Random } from "./random.ts";
import type { Jaw } from "./vendor-records.ts";

const PREPARED = 36;

/**
 * A case with all that a viewer has to show: jaws, the lower one before preparation and scanned a second time, bites in
 * three groups, a scan body, the margin line of the preparation, and a design that came back.
 */
export function makeFullCase(plan: OrderPlan, random: Random, triangles: number): void {
  plan.status = "PENDING";
  plan.caseStatus = "CAD";
  plan.description = "Crown 36. Margin line drawn, bites in CO, CR and laterotrusion.";
  plan.formInformation = {
    type: "TEETH",
    items: [item(product("Crown", "Anatomic", "Zirconia"), PREPARED, "A3")],
  };
  plan.bridges = [];
  const work = { ...plan.prescription, prepared: [PREPARED], missing: [] };
  plan.prescription = work;
  const of = (prepared: number[], jaw: Jaw, coloured = false) =>
    generatedScan(jaw, plan.anatomy, { ...work, prepared }, triangles, coloured);
  const scan = (name: string, entry: string, source: ReturnType<typeof of>) => scanFile(name, entry, source, random);
  const lower = of([PREPARED], "lower");
  const margin = documentFile(`marginLine_${PREPARED}.marginLine`, "margin-line", random, "SCAN_DATA");
  if (margin.content.kind === "document")
    margin.content.margin = { anatomy: plan.anatomy, prepared: [PREPARED], missing: [], fdi: PREPARED };
  const bite = (name: string, jaw: Jaw) => scan(`${name}.meditMesh`, name, of([PREPARED], jaw));
  const design: PlannedFile = {
    ...scan("design_lower_36.stl.general.meditMesh", "design_lower_36", of([], "lower")),
    fileType: "CAD_DATA",
  };
  plan.files = [
    scan("maxillary.meditMesh", "maxilla", of([], "upper", true)),
    scan("mandibular.meditMesh", "mandible", lower),
    scan("mandibular_preop.meditMesh", "mandible_preop", of([], "lower")),
    scan(
      "mandibular_rescan.meditMesh",
      "mandible_rescan",
      lower.from === "generator" ? { ...lower, again: true } : lower,
    ),
    scan("scanbody_mandibular.meditMesh", "scanbody_mandible", lower),
    bite("occlusionfirst", "bite-left"),
    bite("occlusionsecond", "bite-right"),
    bite("occlusionfirst_cr", "bite-left"),
    bite("occlusionsecond_cr", "bite-right"),
    bite("occlusionfirst_lateral", "bite-left"),
    margin,
    design,
  ];
  plan.occlusionGroups = [
    { name: "CO Bite", files: [5, 6] },
    { name: "CR Bite", files: [7, 8] },
    { name: "Lateral Bite", files: [9] },
  ];
}
