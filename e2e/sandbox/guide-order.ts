import { documentFile, generatedScan, type OrderPlan, type PlannedFile, scanFile } from "./order-plan.ts";
import { item, product } from "./prescriptions.ts";
import { Random } from "./random.ts";
import type { Jaw } from "./vendor-records.ts";

/** Order 3706720 of the guide (§3.5.2): fifteen files in three occlusion groups, and bridges that name other teeth. */
export const GUIDE_ORDER_NUMBER = 3_706_720;

/** Kind of file, size, its UUID in the order's copy and in the clinic's case, in the order of the guide's answer. */
const FILES: [kind: "max" | "mand" | "first" | "second" | string, size: number, copy: string, clinic: string][] = [
  ["max", 4650526, "746f4a30-6e6f-4e74-b305-6246b532f005", "97d5d5d3-e282-4e27-9fea-5ccf4f418bb9"],
  ["mand", 3197161, "7de375a3-4f59-4e59-bce5-0a6889da2fda", "97f54290-943a-418f-8a2f-fa67da83e643"],
  ["first", 682241, "16dfcbfb-e22a-4053-98ae-2a90f5ae779e", "9c142b25-9d08-4495-899a-d31931ac2df6"],
  ["second", 1036449, "f9b62c52-2635-40e7-90fc-31bbbb7fca3d", "e5c3679b-b6ce-4b35-8b7a-8ec1ba64fc9a"],
  ["occlusion_1_raw", 1005, "6dc4ac01-c090-4657-8738-5f914ce36f48", "9717a722-c458-4f16-891b-a0a9bfbe8ed1"],
  ["occlusion_2_raw", 1005, "e8445f37-afe6-4ae1-9566-d00fe776f5ff", "8156ec50-9cbf-490e-9535-c402e965e108"],
  ["mand", 3197161, "c69b4a82-fd39-4ad4-8456-64a8ee4b1a2b", "34134ead-e868-465b-8b3b-14110869fd10"],
  ["max", 4650526, "b3cac2af-0790-4084-953a-87909a498edb", "91f9ff74-8527-4b3a-93da-091e2e84fcf9"],
  ["first", 1370100, "486df72c-31b7-41a8-948b-7fe7ebfbf7e0", "25b02cb1-e543-44c3-8d91-e405f2284f92"],
  ["second", 916556, "1c4293b0-ad77-4302-b26f-84e99c74432b", "05038cbe-afe6-4aa5-b1c4-f0975c4a9e1e"],
  ["occlusion_3_raw", 1015, "793bd5af-c9aa-4e87-94e8-7a0a87aeff75", "31c7a119-634f-4c1f-b1b1-c94e4009bd5f"],
  ["mand", 3197161, "c976cbbd-b134-4615-a00b-4d720dbdadc2", "46c95f99-6074-4c52-b5f4-0af29b2ec645"],
  ["max", 4650526, "d984fd87-a2dc-4c7a-a498-f27a36d373b5", "9b5b9eef-68cf-42aa-b0dd-4c9adc85aa19"],
  ["first", 1616655, "34eb5ba1-110f-4c16-ae63-c1057ef0155b", "3bdc9c40-189f-4642-8108-37ce6cb43a0b"],
  ["second", 858497, "6a679fcd-e83d-4f1f-a3d4-9df8ad078784", "80201013-f5a0-46fa-af2c-6bbc5242eb79"],
];

const SCANS: Record<string, [name: string, entry: string, jaw: Jaw]> = {
  max: ["maxillary.meditMesh", "maxilla", "upper"],
  mand: ["mandibular.meditMesh", "mandible", "lower"],
  first: ["occlusionfirst.meditMesh", "occlusion_first", "bite-left"],
  second: ["occlusionsecond.meditMesh", "occlusion_second", "bite-right"],
};

export function makeGuideOrder(plan: OrderPlan, triangles: number): void {
  const crown = product("Crown", "Anatomic", "Zirconia");
  const work = { ...plan.prescription, prepared: [45, 47], missing: [46] };
  plan.status = "PENDING";
  plan.caseName = "Seolah.Jeon's Case";
  plan.patient = { name: "Seolah.Jeon", code: "201222039" };
  plan.sharesPatientName = true;
  plan.caseStatus = "SCAN";
  plan.tags = ["Dental", "Case", "Medit"];
  plan.description = "";
  plan.delivery = [];
  plan.scannedAt = null;
  plan.formInformation = {
    type: "TEETH",
    items: [
      item(crown, 45),
      item({ ...crown, category: "PONTIC", categoryDisplayName: "Pontic" }, 46),
      item(crown, 47),
    ],
  };
  plan.bridges = [
    [15, 14, 13, 12],
    [26, 27],
    [36, 35, 34],
  ];
  plan.files = FILES.map(([kind, size, copyUuid, clinicUuid], index) => {
    const random = new Random(index);
    const scan = SCANS[kind];
    const file: PlannedFile =
      scan === undefined
        ? documentFile(`${kind}.meditGroupInfo`, "group-info", random, "SCAN_DATA")
        : scanFile(scan[0], scan[1], generatedScan(scan[2], plan.anatomy, work, triangles), random);
    if (file.content.kind === "document") file.content = { ...file.content, seed: size - 1005 };
    return { ...file, size, copyUuid, clinicUuid };
  });
  plan.occlusionGroups = [
    { name: "CO Bite", files: [0, 1, 2, 3, 4] },
    { name: "CR Bite", files: [5, 6, 7, 8, 9] },
    { name: "Lateral Bite", files: [10, 11, 12, 13, 14] },
  ];
  plan.clinicCaseUuid = "72218637-46a3-4a9c-a675-399e668dd8ff";
  plan.orderCaseUuid = "bf335448-ebfc-4922-9b9e-d903b191ad7e";
}
