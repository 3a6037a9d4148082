import type { KeyName } from "#lib/keyboard/keyboard-actions.ts";

/** The part of a `KeyboardEvent` that counts. */
export type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

const MODIFIERS = new Set(["Control", "Meta", "Alt", "AltGraph", "Shift", "CapsLock", "Dead", "Unidentified"]);

/**
 * A key press as the registry writes it, or null while only a modifier is held. Signs are what they type, whichever keys that takes
 * on this keyboard; letters are small, also with Caps Lock. ⌘ counts as Ctrl.
 */
export function keyOfEvent({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): KeyName | null {
  if (!key || MODIFIERS.has(key)) return null;
  const isLetter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  const name = key === " " ? "Space" : isLetter ? key.toLowerCase() : key;
  const isShifted = shiftKey && (isLetter || name.length > 1);
  return [ctrlKey || metaKey ? "Ctrl+" : "", altKey ? "Alt+" : "", isShifted ? "Shift+" : "", name].join("");
}
