import { makeFullCase } from "./full-case.ts";
import { documentFile, generatedScan, type OrderPlan, scanFile } from "./order-plan.ts";
import { everydayPrescription, item, product } from "./prescriptions.ts";
import type { Random } from "./random.ts";
import type { FileQuirk } from "./vendor-records.ts";

/** A way in which real vendor data surprises its readers. `name` is how tests and the control port find the order. */
export interface Oddity {
  name: string;
  change(plan: OrderPlan, random: Random, triangles: number): void;
}

function withQuirk(quirk: FileQuirk): Oddity["change"] {
  return (plan) => {
    plan.status = "PENDING";
    for (const file of plan.files.slice(0, 1)) {
      if (file.content.kind === "mesh") file.content = { ...file.content, quirk };
    }
  };
}

function named(caseName: string): Oddity["change"] {
  return (plan) => {
    plan.caseName = caseName;
    plan.status = "PENDING";
  };
}

export const oddities: Oddity[] = [
  {
    name: "still in form",
    change(plan) {
      plan.caseName = "David Back's Case - clone";
      plan.patient = { name: "David Back", code: "" };
      plan.caseStatus = "FORM";
      plan.status = "PENDING";
      plan.tags = ["One", "Two", "Three"];
      plan.scannedAt = null;
      plan.files = [];
    },
  },
  { name: "corrupt archive", change: withQuirk("corrupt-archive") },
  { name: "wrong hash", change: withQuirk("wrong-hash") },
  { name: "unreadable mesh", change: withQuirk("unreadable-mesh") },
  { name: "slow conversion", change: withQuirk("slow-conversion") },
  { name: "listed without url", change: withQuirk("listed-without-url") },
  { name: "second entry", change: withQuirk("second-entry") },
  {
    name: "without files",
    change(plan) {
      plan.files = [];
      plan.scannedAt = null;
    },
  },
  {
    name: "tooth as text",
    change(plan) {
      plan.formInformation = { type: "TEETH", items: [item(product("Crown", "Anatomic", "Zirconia"), "45", "A2")] };
      plan.bridges = [];
    },
  },
  {
    name: "order number as text",
    change(plan) {
      plan.drift = { orderNumber: String(plan.number) };
    },
  },
  {
    name: "tags null",
    change(plan) {
      plan.tags = null;
    },
  },
  {
    name: "patient not shared",
    change(plan) {
      plan.sharesPatientName = false;
      plan.caseName = `Case ${plan.number}`;
    },
  },
  {
    name: "patient null",
    change(plan) {
      plan.patient = null;
      plan.caseName = "no name given";
    },
  },
  {
    name: "unknown status",
    change(plan) {
      plan.status = "SHIPPING_X";
    },
  },
  {
    name: "lower-case status",
    change(plan) {
      plan.status = "accepted";
    },
  },
  {
    name: "unknown codes",
    change(plan) {
      const items = [
        item({ ...product("Quantum Onlay", "Nano Weave", "Bio Glass 9"), category: "X_9912", material: "" }, 36, "OM7"),
        item({ ...product("", "", ""), category: "ZZ_TOP" }, 37, ""),
      ];
      plan.formInformation = { type: "TEETH", items };
      plan.bridges = [];
    },
  },
  {
    name: "contradictory bridges",
    change(plan) {
      const crown = product("Crown", "Anatomic", "Zirconia");
      plan.formInformation = { type: "TEETH", items: [item(crown, 45, "A3"), item(crown, 46, "A3")] };
      plan.bridges = [[15, 14, 13, 12], [26, 27], [36, 35, 34], [45], [], [46, 46, 99]];
    },
  },
  {
    name: "arch form",
    change(plan) {
      const items = [
        item(product("Bite Splint", "Digital Study Model", "Resin"), 0, "NONE_SHADE", { jawType: "MAXILLA" }),
        item(product("Night Guard", "Preform", "3D Print"), 0, "NONE_SHADE", { jawType: "MANDIBLE" }),
      ];
      plan.formInformation = { type: "ARCH", items };
      plan.bridges = [];
    },
  },
  {
    name: "multi die form",
    change(plan) {
      const coping = product("Coping", "Framework", "Cr-Co");
      const items = [1, 2, 3].map((multiDieNo) => item(coping, 0, "NONE_SHADE", { multiDieNo }));
      plan.formInformation = { type: "MULTI_DIE", items };
      plan.bridges = [];
    },
  },
  {
    name: "flexible multi die form",
    change(plan) {
      const items = [item(product("Crown", "Temporary", "PMMA"), 24, "A1", { multiDieNo: 2, jawType: "UPPER" })];
      plan.formInformation = { type: "FLEXIBLE_MULTI_DIE", items };
      plan.bridges = [];
    },
  },
  {
    name: "jaw spellings",
    change(plan) {
      const model = product("Study Model", "Set-Up Model", "3D Print");
      const items = ["UPPER", "lower", "Maxilla", "MANDIBLE", "BOTH"].map((jawType) =>
        item(model, 0, "NONE_SHADE", { jawType }),
      );
      plan.formInformation = { type: "JAW", items };
      plan.bridges = [];
    },
  },
  {
    name: "form null",
    change(plan) {
      plan.formInformation = null;
      plan.bridges = null;
    },
  },
  {
    name: "milk tooth and nonsense tooth",
    change(plan) {
      const what = product("Crown", "Preform", "Stainless Steel");
      plan.formInformation = { type: "TEETH", items: [item(what, 75), item(what, 99), item(what, 0), item(what, -1)] };
      plan.bridges = [];
    },
  },
  {
    name: "impossible due date",
    change(plan) {
      plan.desiredDelivery = "+52377-10-31T18:06:40Z";
    },
  },
  {
    name: "empty due date",
    change(plan) {
      plan.desiredDelivery = "";
    },
  },
  {
    name: "no due date",
    change(plan) {
      plan.desiredDelivery = null;
    },
  },
  {
    name: "very long name",
    change: named(
      `${"Maximiliane-Theodora von und zu Hohenstein-Langenfeld ".repeat(6)}(second opinion, remake of the remake)`,
    ),
  },
  { name: "right-to-left name", change: named("محمد العلي \u202Egnirts\u202C – حالة") },
  { name: "emoji name", change: named("🦷 Zoë's Case 👩‍⚕️✨ – #11") },
  { name: "html name", change: named(`<img src=x onerror="alert(1)"><b>Ada</b> & Söhne "Case"`) },
  {
    name: "hostile file names",
    change(plan, random) {
      plan.status = "PENDING";
      for (const name of [
        "../../etc/passwd",
        "C:\\temp\\plan.pdf",
        "nul\u0007 .png",
        "@list.txt",
        "-oX.pdf",
        `${"x".repeat(250)}.pdf`,
      ]) {
        plan.files.push(documentFile(name, name.endsWith("png") ? "photo" : "note", random));
      }
    },
  },
  {
    name: "attachments",
    change(plan, random, triangles) {
      plan.status = "PENDING";
      plan.description = "Photos and notes attached.\nMargin line drawn.\n\nDr. <L.>";
      plan.files.push(
        documentFile("before.png", "photo", random),
        documentFile("instructions & shade.pdf", "note", random),
        documentFile("marginLine_46.marginLine", "margin-line", random, "SCAN_DATA"),
        documentFile("design.meditDesign", "project", random, "CAD_DATA"),
        documentFile("raw_001.raw", "project", random, "SCAN_RAW_DATA"),
        {
          ...scanFile(
            "old crown.stl.general.meditMesh",
            "old crown",
            generatedScan("bite-left", plan.anatomy, plan.prescription, triangles),
            random,
          ),
          fileType: "ATTACHED_DATA",
        },
      );
    },
  },
  {
    name: "hundred teeth",
    change(plan, random) {
      const items = Array.from({ length: 25 }, () => everydayPrescription(random).items).flat();
      plan.formInformation = { type: "TEETH", items };
    },
  },
  { name: "every kind of scan", change: makeFullCase },
];
