import { expect, test } from "vitest";
import { readMentions } from "#lib/appointments/read-mentions.ts";

const teeth = (text: string) =>
  readMentions(text).teeth.map(({ asFdi, asUniversal, start, end }) => [
    text.slice(start, end).trim(),
    asFdi?.join(" ") ?? null,
    asUniversal?.join(" ") ?? null,
  ]);
const shades = (text: string) => readMentions(text).shades.map(({ shade }) => shade);

test.each([
  ["Tooth 46 prepared", [["46", "46", null]]],
  ["Crown on tooth 9.", [["9", null, "21"]]],
  [
    "Zahn 3.6 präpariert, Krone auf 2.1",
    [
      ["3.6", "36", null],
      ["2.1", "21", null],
    ],
  ],
  [
    "teeth 14, 15 and 16",
    [
      ["14", "14", "26"],
      ["15", "15", "27"],
      ["16", "16", "28"],
    ],
  ],
  ["Brücke 45-47", [["45-47", "45 46 47", null]]],
  [
    "Zähne 13 bis 11 und 21",
    [
      ["13 bis 11", "13 12 11", "25 24 23"],
      ["21", "21", "34"],
    ],
  ],
  [
    "#3 and #30",
    [
      ["#3", null, "16"],
      ["#30", null, "46"],
    ],
  ],
  ["FDI 14", [["14", "14", null]]],
  ["tooth 14 (FDI)", [["14", "14", "26"]]],
  ["universal #14", [["14", null, "26"]]],
  ["regio 36", [["36", "36", null]]],
  ["implant 24: margin 2 mm", [["24", "24", "31"]]],
  ["The crown took 45 minutes, 11 mm deep, on 14 March at 16:30", []],
  ["Patient aged 36, room 21", []],
  ["tooth 99, tooth 19", [["19", null, "36"]]],
  ["crown 12 mm wide", []],
] as const)("%s", (text, expected) => {
  expect(teeth(text)).toEqual(expected);
});

test("a notation that the text says counts, before or after the numbers", () => {
  const said = (text: string) => readMentions(text).teeth.map(({ notation }) => notation);
  expect(said("FDI 14")).toEqual(["fdi"]);
  expect(said("teeth 14, 15 (Universal)")).toEqual(["universal", "universal"]);
  expect(said("tooth 1.4")).toEqual(["fdi"]);
  expect(said("tooth 14")).toEqual([null]);
});

test.each([
  ["shade A3.5 please", ["A3.5"]],
  ["Farbe a3,5 oder 2m2", ["A3.5", "2M2"]],
  ["BL2, 1M1 and 3R2.5", ["BL2", "1M1", "3R2.5"]],
  ["A2/A3 gradient", ["A2", "A3"]],
  ["Vitamin B1, vertebra C2, HbA1c, room A1, A35, A3.57", []],
  ["Shade A3. Light contact", ["A3"]],
] as const)("shades in %j", (text, expected) => {
  expect(shades(text)).toEqual(expected);
});

test("a text of a million characters is read in a moment", () => {
  const started = performance.now();
  for (const piece of ["tooth 14, ", "#".repeat(50), "crown on on on ", "A3.5 ", "1,2,3,4,"])
    readMentions(piece.repeat(1_000_000 / piece.length));
  expect(performance.now() - started).toBeLessThan(5_000);
});
