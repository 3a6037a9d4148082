import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mapDelivery, mapOrder, mapOrderRow } from "#lib/vendors/meditlink/map.ts";
import { orderSchema } from "#lib/vendors/meditlink/schemas.ts";

const fixture = (name: string) => JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), "utf8"));
const CLINIC = "RC5EQVZJU18xNTQ4Mzc5OTMzODc0";
const LAB = "T05FTEFCXzE1NDgzODA1Nzk0MzY=";
const whole = (raw: unknown, group = LAB) => mapOrder(orderSchema.parse(raw), raw, group, true);

/** The guide's order with some fields changed, by path. */
function changed(changes: Record<string, unknown>) {
  const order = fixture("order");
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split(".");
    const last = keys.pop()!;
    const parent = keys.reduce((at, key) => at[key], order);
    parent[last] = value;
  }
  return order;
}

describe("the guide's order (§3.5.2)", () => {
  const order = whole(fixture("order"));

  test("becomes an order of ours with number, status, sides and dates", () => {
    expect(order).toMatchObject({
      number: "3706720",
      status: "pending",
      vendorStatus: "PENDING",
      caseKey: "bf335448-ebfc-4922-9b9e-d903b191ad7e",
      completeness: "complete",
      infoRequest: "none",
      clinic: { key: CLINIC, name: "D.Davis" },
      lab: { key: LAB, name: "OneLab", contact: { person: "Peter Parker", phone: "2193-9600" } },
      receivedAt: new Date("2021-04-13T05:14:27Z"),
      dueAt: new Date("2021-04-20T05:10:00Z"),
      updatedAt: new Date("2023-07-05T10:14:24Z"),
      whole: true,
      unmapped: [],
    });
  });

  test("F29: the impossible dates of its groups are nobody's concern, an impossible date of its own is put right and told", () => {
    expect(order.datesCorrected).toBe(false);
    const impossible = whole(changed({ dateDesiredDelivery: "+52377-10-31T18:06:40Z" }));
    expect(impossible).toMatchObject({ dueAt: new Date("2020-05-29T01:59:10Z"), datesCorrected: true });
  });

  test("has its teeth in FDI and Universal, with the vendor's names beside its codes", () => {
    expect(order.form).toBe("teeth");
    expect(order.restorations.map(({ tooth }) => tooth)).toEqual([
      { fdi: 45, universal: "29" },
      { fdi: 46, universal: "30" },
      { fdi: 47, universal: "31" },
    ]);
    expect(order.restorations[1]).toMatchObject({
      type: "Pontic",
      typeCode: "PONTIC",
      method: "Anatomic",
      methodCode: "ANATOMIC",
      material: "Zirconia",
      materialCode: "ZIRCONIA",
      shade: null,
      toothText: null,
      dieNumber: null,
    });
  });

  test("keeps the bridges as the vendor lists them, though they contradict the form", () => {
    expect(order.bridges).toEqual([
      [15, 14, 13, 12],
      [26, 27],
      [36, 35, 34],
    ]);
  });

  test("tells files of the same name apart by their bite group", () => {
    const lower = order.files!.filter((file) => file.name === "mandibular.meditMesh");
    expect(lower.map(({ biteGroup, jaw, kind }) => ({ biteGroup, jaw, kind }))).toEqual([
      { biteGroup: "CO Bite", jaw: "lower", kind: "scan" },
      { biteGroup: "CR Bite", jaw: "lower", kind: "scan" },
      { biteGroup: "Lateral Bite", jaw: "lower", kind: "scan" },
    ]);
    expect(new Set(order.files!.map((file) => file.key)).size).toBe(15);
    expect(order.files!.filter((file) => file.kind === "group_info")).toHaveLength(3);
    expect(order.files!.filter((file) => file.jaw === "bite")).toHaveLength(6);
  });

  test("keeps the record as it came", () => {
    expect(order.raw).toEqual(fixture("order"));
  });
});

test("a row of the search is an order without files (§3.5.1)", () => {
  const rows = fixture("order-page").content.map((row: unknown) => mapOrderRow(row, CLINIC));
  expect(rows[0]).toMatchObject({ number: "3706720", files: null, whole: false, restorations: [] });
  expect(rows[1]).toMatchObject({
    number: "3700956",
    completeness: "incomplete",
    patient: { tags: ["One", "Two", "Three"] },
  });
});

test("§3.3.1: a clinic sees its patient's code, a lab never does", () => {
  const [row] = fixture("order-page").content;
  expect(mapOrderRow(row, CLINIC)!.patient.patientCode).toBe("201222039");
  expect(mapOrderRow(row, LAB)!.patient.patientCode).toBeNull();
});

test.each([
  ["PENDING", "pending"],
  ["CANCELED", "cancelled"],
  ["REJECTED", "rejected"],
  ["ACCEPTED", "accepted"],
  ["accepted", "accepted"],
  ["SHIPPING_X", "other"],
  ["", "other"],
  [null, "other"],
  [7, "other"],
] as const)("F19: the vendor's status %j is ours %s, and its own word is kept", (vendor, ours) => {
  const order = whole(changed({ status: vendor }));
  expect(order.status).toBe(ours);
  expect(order.vendorStatus).toBe(vendor === null ? "" : String(vendor));
});

test.each([
  [45, { fdi: 45, universal: "29" }, null],
  ["45", { fdi: 45, universal: "29" }, null],
  [75, { fdi: 75, universal: "K" }, null],
  [99, null, "99"],
  [-1, null, "-1"],
  ["molar", null, "molar"],
  [0, null, null],
  [null, null, null],
])("F19: tooth %j is read as %j, or kept as the vendor wrote it", (toothNo, tooth, toothText) => {
  const order = whole(changed({ "case.formInformation.items.0.toothNo": toothNo }));
  expect(order.restorations[0]).toMatchObject({ tooth, toothText });
});

test.each([
  ["MAXILLA", "upper"],
  ["Upper", "upper"],
  ["MANDIBLE", "lower"],
  ["lower", "lower"],
  ["BOTH", null],
  ["", null],
])("jaw %j of a form by arch is %j", (jawType, jaw) => {
  const changes = { "case.formInformation.type": "ARCH", "case.formInformation.items.0.jawType": jawType };
  expect(whole(changed(changes))).toMatchObject({ form: "arch" });
  expect(whole(changed(changes)).restorations[0]!.jaw).toBe(jaw);
});

test("a die keeps its number, and an unknown form its items", () => {
  const order = whole(
    changed({ "case.formInformation.type": "NEW_ONE", "case.formInformation.items.0.multiDieNo": 3 }),
  );
  expect(order.form).toBe("other");
  expect(order.restorations[0]!.dieNumber).toBe(3);
});

test("codes that nobody knows are shown as the vendor wrote them", () => {
  const item = { category: "X_9912", categoryDisplayName: "", material: "", toothNo: 36, shade: "OM7" };
  const order = whole(changed({ "case.formInformation.items": [item] }));
  expect(order.restorations[0]).toMatchObject({ type: "X_9912", typeCode: "X_9912", material: null, shade: "OM7" });
});

test("bridges lose what is no number and nothing else", () => {
  const order = whole(changed({ "case.bridges": [[45], [], [46, "47", 99, "x", null], "no list"] }));
  expect(order.bridges).toEqual([[45], [46, 47, 99]]);
});

test.each([
  ["order number as text", { orderNumber: "3706720" }],
  ["tags null", { "case.tags": null }],
  ["no patient", { "case.patient": null }],
  ["no form", { "case.formInformation": null, "case.bridges": null }],
  ["no groups", { buyer: null, seller: null }],
  ["no case", { case: null }],
  ["a case of another shape", { case: ["what"] }],
  ["files of another shape", { "case.files": { a: 1 } }],
  ["dates of another shape", { dateCreated: {}, dateUpdated: "soon", dateDesiredDelivery: "" }],
])("F19: an order with %s is not lost", (_, changes) => {
  expect(whole(changed(changes)).number).toBe("3706720");
});

test("F19: a row that is no order costs itself only", () => {
  expect([null, "x", {}, { orderNumber: null }, { orderNumber: 1.5 }].map((row) => mapOrderRow(row, LAB))).toEqual(
    Array(5).fill(null),
  );
});

test("what the mapping does not know is named, never quoted", () => {
  const order = changed({ priority: "high", "case.thumbnail": { url: "https://…" }, "case.patient.birthday": "1990" });
  order["Seolah Jeon"] = 1;
  expect(whole(order).unmapped).toEqual(["(record).(other)", "case.patient.birthday", "case.thumbnail", "priority"]);
});

test("F19: whatever a vendor puts into an order, it stays one", () => {
  const paths = [
    "status",
    "buyer",
    "case.files",
    "case.files.0",
    "case.formInformation.items.0",
    "case.multiOcclusionGroup",
  ];
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 3 }), (path, value) => {
      expect(whole(changed({ [path]: value })).number).toBe("3706720");
    }),
    { numRuns: 300 },
  );
});

describe("delivery information (§3.5.2), whose field names the document has lost", () => {
  test("is read under the likely names", () => {
    const at = "2023-07-05T10:14:24Z";
    const entry = {
      dateUpdated: at,
      dateScheduled: at,
      companyName: "DHL",
      trackingNumber: 123,
      status: "SHIPPED",
      message: "",
    };
    expect(mapDelivery(entry)).toEqual({
      updatedAt: "2023-07-05T10:14:24.000Z",
      scheduledAt: "2023-07-05T10:14:24.000Z",
      company: "DHL",
      trackingNumber: "123",
      status: "SHIPPED",
      message: null,
    });
    expect(mapDelivery({ company: "UPS", deliveryStatus: "ARRIVED", memo: "at the desk" })).toMatchObject({
      company: "UPS",
      status: "ARRIVED",
      message: "at the desk",
    });
  });

  test("of a shape nobody expects costs itself only", () => {
    expect(Object.values(mapDelivery({ status: { code: 1 }, dateScheduled: "soon" }))).toEqual(Array(6).fill(null));
  });
});
