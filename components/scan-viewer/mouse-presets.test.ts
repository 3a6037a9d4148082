import { expect, test } from "vitest";
import { dragAction } from "./mouse-presets.ts";

const none = { shiftKey: false, ctrlKey: false };

test("the left button turns, the right one moves", () => {
  expect(dragAction("standard", { buttons: 1, ...none })).toBe("turn");
  expect(dragAction("standard", { buttons: 2, ...none })).toBe("pan");
  expect(dragAction("standard", { buttons: 4, ...none })).toBe("pan");
});

test("people who come from exocad, 3Shape or Medit turn with the right and move with both buttons or the wheel", () => {
  expect(dragAction("dental", { buttons: 2, ...none })).toBe("turn");
  expect(dragAction("dental", { buttons: 3, ...none })).toBe("pan");
  expect(dragAction("dental", { buttons: 4, ...none })).toBe("pan");
});

test("a laptop without a wheel moves with Shift and zooms with Ctrl", () => {
  expect(dragAction("standard", { buttons: 1, shiftKey: true, ctrlKey: false })).toBe("pan");
  expect(dragAction("standard", { buttons: 1, shiftKey: false, ctrlKey: true })).toBe("zoom");
});

test("moving without a button does nothing", () => {
  expect(dragAction("standard", { buttons: 0, ...none })).toBeNull();
});
