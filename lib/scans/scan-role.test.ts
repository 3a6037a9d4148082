import { expect, test } from "vitest";
import { isMain, jawOf, roleOf } from "./scan-role.ts";

const scan = (name: string, jaw: "upper" | "lower" | "bite" | "other" = "lower", triangles = 1000) =>
  ({ name, jaw, triangles, state: "ready" }) as const;

test.each([
  ["mandibular.meditMesh", "lower", null],
  ["mandibular_preop.meditMesh", "lower", "preop"],
  ["LowerJaw-situ.stl", "lower", "preop"],
  ["lower_Prep.stl", "lower", "prepared"],
  ["mandibular rescan.obj", "lower", "rescan"],
  ["scanbody_mandibular.meditMesh", "lower", "scanBody"],
  ["marginLine_36.marginLine", "other", "margin"],
  ["design_36.stl.general.meditMesh", "other", "design"],
  ["bite-left.ply", "bite", "left"],
  ["occlusionfirst.meditMesh", "bite", null],
  ["situation.stl", "lower", null],
] as const)("%s is %s, %s", (name, jaw, role) => {
  expect(roleOf(scan(name, jaw))).toBe(role);
});

test("a file of lines is a margin line whatever its name says", () => {
  expect(roleOf(scan("export_3.obj", "other", 0))).toBe("margin");
});

test("a case opens with the jaws to be worked on", () => {
  expect(isMain(scan("lower_prep.stl"))).toBe(true);
  expect(isMain(scan("lower_preop.stl"))).toBe(false);
});

test("a margin line goes with the jaw of its tooth", () => {
  expect(jawOf(scan("marginLine_36.marginLine", "other", 0))).toBe("lower");
  expect(jawOf(scan("margin 11.obj", "other", 0))).toBe("upper");
  expect(jawOf(scan("margin.obj", "other", 0))).toBeNull();
});
