import { expect, test } from "vitest";
import { commandOf } from "./shortcuts.ts";

const press = (key: string, more = {}) => commandOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });

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
