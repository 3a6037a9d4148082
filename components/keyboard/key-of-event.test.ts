import { expect, test } from "vitest";
import { keyOfEvent } from "./key-of-event.ts";

const press = (key: string, held: object = {}) =>
  keyOfEvent({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

test("letters are the same with Caps Lock, and others with Shift", () => {
  expect(press("J")).toBe("j");
  expect(press("J", { shiftKey: true })).toBe("Shift+j");
});

test("signs are what they type, on every keyboard", () => {
  expect(press("?", { shiftKey: true })).toBe("?");
  expect(press("/", { shiftKey: true })).toBe("/"); // a German keyboard
  expect(press("7")).toBe("7");
});

test("⌘ counts as Ctrl, and a modifier alone is no key", () => {
  expect(press("k", { metaKey: true })).toBe("Ctrl+k");
  expect(press("k", { ctrlKey: true })).toBe("Ctrl+k");
  expect(press("Control", { ctrlKey: true })).toBeNull();
  expect(press("Enter", { shiftKey: true })).toBe("Shift+Enter");
});
