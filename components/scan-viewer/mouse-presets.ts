/** Which button does what, as people know it from the program they design in. Wheel and pinch always zoom. */
export const MOUSE_PRESETS = ["standard", "dental"] as const;
export type MousePreset = (typeof MOUSE_PRESETS)[number];

export type DragAction = "turn" | "pan" | "zoom";

const LEFT = 1;
const RIGHT = 2;
const MIDDLE = 4;

/**
 * What a drag means.
 *
 * - `standard`: left turns, right or wheel button moves.
 * - `dental` (exocad, 3Shape, Medit): right turns, wheel button or left and right together move.
 *
 * In both, Shift moves and Ctrl zooms with the left button, for laptops without a wheel.
 * @param buttons `PointerEvent.buttons`
 */
export function dragAction(
  preset: MousePreset,
  { buttons, shiftKey, ctrlKey }: { buttons: number; shiftKey: boolean; ctrlKey: boolean },
): DragAction | null {
  if (buttons === (LEFT | RIGHT) || buttons & MIDDLE) return "pan";
  if (buttons === LEFT) return shiftKey ? "pan" : ctrlKey ? "zoom" : "turn";
  if (buttons === RIGHT) return preset === "dental" ? "turn" : "pan";
  return null;
}

const STORAGE_KEY = "scan-viewer.mouse";

/** The preset this browser chose last. */
export function readMousePreset(): MousePreset {
  const stored = readStorage();
  return MOUSE_PRESETS.find((preset) => preset === stored) ?? "standard";
}

export function storeMousePreset(preset: MousePreset): void {
  try {
    localStorage.setItem(STORAGE_KEY, preset);
  } catch {
    // A browser that keeps nothing (private mode) still turns the scans.
  }
}

function readStorage(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}
