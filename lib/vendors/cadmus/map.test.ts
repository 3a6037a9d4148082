import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { mapCase } from "#lib/vendors/cadmus/map.ts";

const sample = () => JSON.parse(readFileSync(new URL("./fixtures/case-page.json", import.meta.url), "utf8")).items[0];
const changed = (change: Record<string, unknown>) => mapCase({ ...sample(), ...change })!;
const withData = (data: unknown) => changed({ acceptedData: data });

test("the guide's case becomes a whole order", () => {
  expect(mapCase(sample())).toMatchObject({
    number: "42",
    caseKey: "33b07a91-c6ae-4824-aab6-f4a02560b0a6",
    portalCaseKey: "16ad2e12-fb26-4931-ba16-321285d74550",
    status: "pending",
    vendorStatus: "new",
    completeness: "complete",
    infoRequest: "none",
    clinic: { key: "tandartspraktijk bakker", name: "Tandartspraktijk Bakker" },
    lab: null,
    patient: { patientName: "Jan de Vries" },
    receivedAt: new Date("2026-03-08T09:14:00Z"),
    updatedAt: null,
    restorations: [{ tooth: { fdi: 26, universal: "14" }, type: "Crown", material: "Zirconia", shade: "A2" }],
    whole: true,
    unmapped: [],
  });
});

test("its files are scans with their jaws and one order form", () => {
  expect(mapCase(sample())!.files).toEqual([
    {
      key: "stl:upper.stl",
      name: "upper.stl",
      kind: "scan",
      vendorFileType: "stl",
      jaw: "upper",
      biteGroup: null,
      bytes: null,
    },
    {
      key: "stl:lower.stl",
      name: "lower.stl",
      kind: "scan",
      vendorFileType: "stl",
      jaw: "lower",
      biteGroup: null,
      bytes: null,
    },
    {
      key: "ply:bite_1.ply",
      name: "bite_1.ply",
      kind: "scan",
      vendorFileType: "ply",
      jaw: "bite",
      biteGroup: null,
      bytes: null,
    },
    {
      key: "order_form",
      name: "DS Core_orderform.pdf",
      kind: "order_form",
      vendorFileType: "pdf",
      jaw: null,
      biteGroup: null,
      bytes: null,
    },
  ]);
});

test.each([
  ["new", "pending"],
  ["accepted", "accepted"],
  ["rejected", "rejected"],
  ["in_production", "in_production"],
  ["complete", "completed"],
  ["cancelled", "cancelled"],
  ["COMPLETE", "completed"],
  ["paused", "other"],
  [null, "other"],
])("status %j is ours %s", (vendor, ours) => {
  expect(changed({ status: vendor }).status).toBe(ours);
});

test("a case that needs information says so, whatever else its status is", () => {
  const order = changed({ status: "new", completenessStatus: "incomplete", infoRequestStatus: "requested" });
  expect(order).toMatchObject({ status: "pending", completeness: "incomplete", infoRequest: "requested" });
  expect(changed({ completenessStatus: "partly", infoRequestStatus: null })).toMatchObject({
    completeness: "unknown",
    infoRequest: "none",
  });
});

test("the patient's name at the top is used when the data has none", () => {
  expect(changed({ patientFullname: "Eva Smit", acceptedData: {} }).patient.patientName).toBe("Eva Smit");
  expect(changed({ patientFullname: "Eva Smit" }).patient.patientName).toBe("Jan de Vries");
});

test("F19: data under other spellings is found", () => {
  const order = withData({
    patient: { first_name: "Jan", last_name: "de Vries" },
    Dentist: "Dr. Bakker",
    files: [{ file_name: "maxilla.ply" }, "cases/42/lower.stl", { fileLink: "a/b/scan.obj", size: "12" }],
    restorations: [
      { toothNumbers: [11, "12"], category: "Bridge", color: "A1" },
      { teeth: "36, 37", type: "Crown" },
      { tooth: { number: 75 } },
      { tooth: "molar" },
    ],
    orderForm: "cases/42/DS Core_orderform.pdf",
    remarks: "Please hurry",
  });
  expect(order.patient).toMatchObject({ patientName: "Jan de Vries", description: "Please hurry" });
  expect(order.clinic?.name).toBe("Dr. Bakker");
  expect(order.files!.map(({ key, jaw }) => [key, jaw])).toEqual([
    ["ply:maxilla.ply", "upper"],
    ["stl:lower.stl", "lower"],
    ["obj:scan.obj", "other"],
    ["order_form", null],
  ]);
  expect(order.restorations.map(({ tooth, toothText }) => tooth?.fdi ?? toothText)).toEqual([
    11,
    12,
    36,
    37,
    75,
    "molar",
  ]);
  expect(order.bridges).toEqual([[11, 12]]);
  expect(order.unmapped).toEqual([]);
});

test("records in the place of names, and types in the place of jaws, are read as what they are", () => {
  const order = withData({
    dentist: { fullName: "Dr. Lindner", practice: { name: "Praxis Lindner", customerNumber: "C-1" } },
    files: [
      { fileName: "1.stl", type: "stl", jaw: "UPPER" },
      { fileName: "2.stl", fileType: "stl", type: "lower" },
    ],
    restorations: [{ teeth: [21], indication: "Veneer", material: { name: "e.max" }, color: "NONE_SHADE" }],
    delivery: { requestedDate: "2026-03-12", method: "courier" },
  });
  expect(order.clinic?.name).toBe("Praxis Lindner");
  expect(order.files!.map(({ key, jaw }) => [key, jaw])).toEqual([
    ["stl:1.stl", "upper"],
    ["stl:2.stl", "lower"],
  ]);
  expect(order.restorations[0]).toMatchObject({ type: "Veneer", material: "e.max", shade: null });
  expect(order.dueAt).toEqual(new Date("2026-03-12T00:00:00Z"));
  expect(order.unmapped).toEqual(["acceptedData.delivery.method", "acceptedData.dentist.practice.customerNumber"]);
});

test("scans listed by jaw are found too", () => {
  const order = withData({ scanFiles: { upper: { filename: "a.stl" }, bite: { filename: "b.stl" } } });
  expect(order.files!.map(({ name, jaw }) => [name, jaw])).toEqual([
    ["a.stl", "upper"],
    ["b.stl", "bite"],
  ]);
});

test("what the reader does not know is named for the admin, inside lists as well", () => {
  const order = changed({
    newTopField: 1,
    acceptedData: {
      urgency: "high",
      scanFiles: [{ filename: "a.stl", colour: true }],
      patient: { fullName: "x", sex: "f" },
    },
  });
  expect(order.unmapped).toEqual([
    "newTopField",
    "acceptedData.patient.sex",
    "acceptedData.scanFiles[].colour",
    "acceptedData.urgency",
  ]);
});

test("F19: whatever stands in acceptedData, the case is not lost", () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ maxDepth: 4 }),
      fc.constantFrom("patient", "scanFiles", "restorations", "orderForm", "dentist"),
      (value, key) => {
        expect(withData(value).number).toBe("42");
        expect(withData({ [key]: value }).number).toBe("42");
        expect(withData({ [key]: [value] }).number).toBe("42");
      },
    ),
    { numRuns: 300 },
  );
});

test("an item that is no case costs itself only", () => {
  expect([null, {}, { id: null }, "x"].map(mapCase)).toEqual([null, null, null, null]);
});
