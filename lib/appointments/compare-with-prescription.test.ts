import { expect, test } from "vitest";
import { compareWithPrescription } from "#lib/appointments/compare-with-prescription.ts";
import { mergeDifferences } from "#lib/appointments/merge-differences.ts";
import { visitsOfWork, warnOfDates } from "#lib/appointments/warn-of-dates.ts";
import { restorationSchema } from "#lib/orders/order-schema.ts";
import { toothOf } from "#lib/teeth/tooth.ts";

const order = (...items: [fdi: number, shade?: string][]) =>
  items.map(([fdi, shade]) =>
    restorationSchema.parse({
      tooth: toothOf(fdi),
      type: "Crown",
      typeCode: "CROWN",
      method: null,
      material: "Zirconia",
      materialCode: null,
      shade: shade ?? null,
    }),
  );
const differences = (text: string, ...items: Parameters<typeof order>) =>
  compareWithPrescription(text, order(...items)).differences;

test("a note that says what was ordered has no difference", () => {
  expect(differences("Tooth 46 prepared. Crown on 46, shade A2.", [46, "A2"])).toEqual([]);
  expect(differences("Nothing of teeth or colours", [46, "A2"])).toEqual([]);
});

test("another shade is pointed out with what is ordered for that tooth", () => {
  expect(differences("Crown on tooth 46, shade A3.5", [46, "A2"], [47, "A3.5"])).toEqual([
    { type: "shade_differs", shade: "A3.5", ordered: ["A2"], teeth: [46] },
    { type: "tooth_not_in_note", tooth: 47 },
  ]);
});

test("a shade that stands alone is compared with the whole order", () => {
  expect(differences("Shade B1 for all.", [36, "A2"], [37, "A2"])).toEqual([
    { type: "shade_differs", shade: "B1", ordered: ["A2"], teeth: [] },
  ]);
  expect(differences("Shade B1.", [36])).toEqual([{ type: "shade_not_ordered", shade: "B1", teeth: [] }]);
});

test("another tooth is pointed out, and the ordered one that is not named", () => {
  expect(differences("Crown on tooth 47", [46, "A2"])).toEqual([
    { type: "tooth_not_ordered", tooth: 47 },
    { type: "tooth_not_in_note", tooth: 46 },
  ]);
});

test("a number that is a tooth in both notations is read as the one that is ordered", () => {
  expect(differences("Crown on tooth 14", [14, "A2"])).toEqual([]);
  expect(differences("Crown on tooth 14", [26, "A2"])).toEqual([]); // Universal 14
  expect(differences("Crown on tooth 14", [46, "A2"])).toEqual([
    { type: "tooth_ambiguous", written: "14", asFdi: 14, asUniversal: 26 },
  ]);
  expect(differences("Crown on tooth 14", [14], [26])).toMatchObject([{ type: "tooth_ambiguous" }]);
});

test("numbers that can only be read one way tell how to read the others", () => {
  expect(differences("Teeth 46 and 14", [46])).toEqual([{ type: "tooth_not_ordered", tooth: 14 }]);
  expect(differences("Teeth 3 and 14", [16])).toEqual([{ type: "tooth_not_ordered", tooth: 26 }]);
  expect(differences("Teeth 3, 46 and 14", [16], [46])).toMatchObject([{ type: "tooth_ambiguous", written: "14" }]);
});

test("each of the eighteen numbers of both notations is told as ambiguous where nothing decides", () => {
  const both = [11, 12, 13, 14, 15, 16, 17, 18, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32];
  for (const number of both)
    expect(differences(`Tooth ${number}`, [85])).toMatchObject([{ type: "tooth_ambiguous", asFdi: number }]);
});

test("what is told is told once, and where it stands", () => {
  const text = "Shade B1. Yes, B1.";
  const { mentions, differences: told } = compareWithPrescription(text, order([46, "A2"]));
  expect(told).toHaveLength(1);
  expect(mentions.map(({ start, end, verdict }) => [text.slice(start, end), verdict])).toEqual([
    ["B1", "differs"],
    ["B1", "differs"],
  ]);
});

const visit = (kind: "try_in" | "seating" | "other", day: string | null, key: string = kind) => ({
  key,
  title: kind,
  kind,
  day,
  time: "09:00",
  status: "planned",
});

test("a visit before the lab's day is warned of, one on that day gently, one after it not at all", () => {
  const visits = [visit("try_in", "2026-03-10"), visit("seating", "2026-03-12"), visit("other", "2026-03-20")];
  expect(warnOfDates(visits, "2026-03-12", "2026-03-01").map(({ type, visit: { kind } }) => [type, kind])).toEqual([
    ["due_after", "try_in"],
    ["due_same_day", "seating"],
  ]);
  expect(warnOfDates(visits, null, "2026-03-01")).toEqual([]);
  expect(warnOfDates([visit("try_in", "2026-03-01"), visit("seating", null)], "2026-03-12", "2026-03-01")).toEqual([]);
});

test("the visits of the work are those after the order, the linked one among them", () => {
  const linked = visit("other", "2026-03-01", "consultation");
  const others = [
    visit("seating", "2026-03-12"),
    visit("try_in", "2026-03-08"),
    visit("other", "2026-03-09"),
    visit("try_in", "2026-02-01", "old"),
  ];
  expect(visitsOfWork(linked, others, "2026-03-01").map(({ key }) => key)).toEqual(["try_in", "seating"]);
  expect(visitsOfWork({ ...linked, day: "2026-03-05" }, others, "2026-03-01").map(({ key }) => key)).toEqual([
    "consultation",
    "try_in",
    "seating",
  ]);
});

test("texts are told together: once each, and a tooth that one of them names is not left out", () => {
  const read = (text: string) => {
    const compared = compareWithPrescription(text, order([46, "A2"], [47, "A2"]));
    return { source: "note" as const, text, summary: null, updatedAt: null, ...compared };
  };
  expect(mergeDifferences([read("Tooth 46, shade B1"), read("Tooth 47, shade B1"), read("Nothing said")])).toEqual([
    { type: "shade_differs", shade: "B1", ordered: ["A2"], teeth: [46] },
    { type: "shade_differs", shade: "B1", ordered: ["A2"], teeth: [47] },
  ]);
  expect(mergeDifferences([read("Tooth 46 and 47, shade B1"), read("Shade B1. Teeth 46, 47.")])).toEqual([
    { type: "shade_differs", shade: "B1", ordered: ["A2"], teeth: [46, 47] },
  ]);
  expect(mergeDifferences([read("Tooth 46"), read("Tooth 46 again")])).toEqual([
    { type: "tooth_not_in_note", tooth: 47 },
  ]);
});
