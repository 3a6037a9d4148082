import { expect, test } from "vitest";
import { KEYBOARD_ACTIONS } from "#lib/keyboard/keyboard-actions.ts";
import { commandOf } from "./shortcuts.ts";

const press = (key: string, more = {}, changed = {}) =>
  commandOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more }, changed);

test("1 to 7 are the standard views", () => {
  expect(["1", "2", "3", "4", "5", "6", "7"].map((key) => press(key))).toMatchObject(
    ["front", "right", "left", "upper", "lower", "back", "home"].map((view) => ({ kind: "view", view })),
  );
});

test("letters work with Caps Lock, and keys of the browser stay its own", () => {
  expect(press("U")).toEqual({ kind: "toggle", jaw: "upper" });
  expect(press("f", { ctrlKey: true })).toBeNull();
  expect(press("l", { metaKey: true })).toBeNull();
});

test("other keys, also those named like parts of an object, do nothing", () => {
  expect(press("q")).toBeNull();
  expect(press("constructor")).toBeNull();
});

test("a member's own key takes the place of the usual one", () => {
  const own = { takeSection: "x", viewFit: "Shift+f" };
  expect(press("x", {}, own)).toEqual({ kind: "tool", tool: "section" });
  expect(press("s", {}, own)).toBeNull();
  expect(press("F", { shiftKey: true }, own)).toEqual({ kind: "view", view: "fit" });
});

test("plus zooms with and without Shift", () => {
  for (const key of ["+", "="]) expect(press(key)).toMatchObject({ kind: "zoom" });
});

test("every key of the viewer that the list shows does something", () => {
  for (const { id, key, scopes } of KEYBOARD_ACTIONS)
    if (scopes.some((scope) => scope === "viewer")) expect([id, press(key)]).not.toContain(null);
});
