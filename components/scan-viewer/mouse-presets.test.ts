import { expect, test } from "vitest";
import { MOUSE_PRESET_NAMES } from "#lib/preferences/preference-values.ts";
import { dragAction, type MousePreset } from "./mouse-presets.ts";

const PLAIN = { shiftKey: false, ctrlKey: false, altKey: false };
const drag = (preset: MousePreset) => [1, 2, 4, 3].map((buttons) => dragAction(preset, { ...PLAIN, buttons }));

test("each program's hand is another one: left, right, wheel button, left and right", () => {
  expect(drag("standard")).toEqual(["turn", "pan", "pan", "pan"]);
  expect(drag("exocad")).toEqual([null, "turn", "pan", "pan"]);
  expect(drag("threeShape")).toEqual([null, "turn", "pan", "zoom"]);
  expect(drag("medit")).toEqual(["turn", "turn", "pan", "pan"]);
  expect(new Set(MOUSE_PRESET_NAMES.map((preset) => drag(preset).join())).size).toBe(MOUSE_PRESET_NAMES.length);
});

test("a laptop's one button moves, zooms and turns in every preset", () => {
  for (const preset of MOUSE_PRESET_NAMES) {
    expect(dragAction(preset, { ...PLAIN, buttons: 1, shiftKey: true })).toBe("pan");
    expect(dragAction(preset, { ...PLAIN, buttons: 1, ctrlKey: true })).toBe("zoom");
    expect(dragAction(preset, { ...PLAIN, buttons: 1, altKey: true })).toBe("turn");
  }
});

test("a movement without a button is no drag", () => {
  for (const preset of MOUSE_PRESET_NAMES) expect(dragAction(preset, { ...PLAIN, buttons: 0 })).toBeNull();
});
