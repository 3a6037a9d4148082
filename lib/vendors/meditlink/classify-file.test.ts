import { expect, test } from "vitest";
import { classifyFile } from "#lib/vendors/meditlink/classify-file.ts";

test.each([
  ["maxillary.meditMesh", "SCAN_DATA", "scan", "upper"],
  ["mandibular.meditMesh", "SCAN_DATA", "scan", "lower"],
  ["occlusionfirst.meditMesh", "SCAN_DATA", "scan", "bite"],
  ["occlusionsecond.meditMesh", "scan_data", "scan", "bite"],
  ["mandible.obj", "SCAN_DATA", "scan", "lower"],
  ["Maxilla.stl", "SCAN_DATA", "scan", "upper"],
  ["UpperJaw.ply", "SCAN_DATA", "scan", "upper"],
  ["prep.meditMesh", "SCAN_DATA", "scan", "other"],
  ["marginLine_46.marginLine", "SCAN_DATA", "scan", "other"],
  ["occlusion_1_raw.meditGroupInfo", "SCAN_DATA", "group_info", null],
  ["case.meditDesign", "SCAN_DATA", "attachment", null],
  ["mandible.obj.general.meditMesh", "ATTACHED_DATA", "scan", "other"],
  ["x-LowerJawScan.stl.general.meditMesh", "ATTACHED_DATA", "scan", "other"],
  ["old crown.stl", "ATTACHED_DATA", "scan", "other"],
  ["crown_46.meditMesh", "CAD_DATA", "scan", "other"],
  ["before.png", "ATTACHED_DATA", "attachment", null],
  ["design.meditDesign", "CAD_DATA", "attachment", null],
  ["raw_001.meditMesh", "SCAN_RAW_DATA", "attachment", null],
  ["no extension", "ATTACHED_DATA", "attachment", null],
  ["", "", "attachment", null],
] as const)("%s of type %s is a %s (%s)", (name, type, kind, jaw) => {
  expect(classifyFile(name, type)).toEqual({ kind, jaw });
});
