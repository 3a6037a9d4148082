import { expect, test } from "vitest";
import { guessJaw } from "./guess-jaw.ts";

test.each([
  ["case-12_UpperJaw.stl", "upper"],
  ["maxillary.obj", "upper"],
  ["4711 OK.ply", "upper"],
  ["mandibular.obj", "lower"],
  ["UK_prep.stl", "lower"],
  ["bite-scan-1.stl", "bite"],
  ["token.stl", null],
  ["scan 3.ply", null],
])("%s is %s", (name, jaw) => {
  expect(guessJaw(name)).toBe(jaw);
});
