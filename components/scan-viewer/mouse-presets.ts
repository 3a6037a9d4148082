import type { MOUSE_PRESET_NAMES } from "#lib/preferences/preference-values.ts";

/** Which button does what, as people know it from the program they design in. Wheel and pinch always zoom. */
export type MousePreset = (typeof MOUSE_PRESET_NAMES)[number];

export type DragAction = "turn" | "pan" | "zoom";

/** Bits of `PointerEvent.buttons`. */
const LEFT = 1;
const RIGHT = 2;
const MIDDLE = 4;
const BOTH = LEFT | RIGHT;

/** What a drag with these buttons means; buttons that are not listed do nothing, so that a click with them is safe. */
const DRAGS: Record<MousePreset, Readonly<Record<number, DragAction>>> = {
  standard: { [LEFT]: "turn", [RIGHT]: "pan", [MIDDLE]: "pan", [BOTH]: "pan" },
  exocad: { [RIGHT]: "turn", [BOTH]: "pan", [MIDDLE]: "pan" },
  threeShape: { [RIGHT]: "turn", [MIDDLE]: "pan", [BOTH]: "zoom" },
  medit: { [LEFT]: "turn", [RIGHT]: "turn", [MIDDLE]: "pan", [BOTH]: "pan" },
};

/**
 * What a drag means. In all presets Shift moves, Ctrl zooms and Alt turns with the left button, for laptops without a wheel.
 * @param buttons `PointerEvent.buttons`
 */
export function dragAction(
  preset: MousePreset,
  { buttons, shiftKey, ctrlKey, altKey }: { buttons: number; shiftKey: boolean; ctrlKey: boolean; altKey: boolean },
): DragAction | null {
  if (buttons === LEFT && shiftKey) return "pan";
  if (buttons === LEFT && ctrlKey) return "zoom";
  if (buttons === LEFT && altKey) return "turn";
  return DRAGS[preset][buttons] ?? null;
}
