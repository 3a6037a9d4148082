import { type KeyPress, keyOfEvent } from "#components/keyboard/key-of-event.ts";
import { type ChangedKeys, type KeyboardActionId, keyOfAction } from "#lib/keyboard/keyboard-actions.ts";
import type { StandardView } from "./standard-views.ts";
import type { Tool } from "./viewer-state.ts";

/** What a key asks of the viewer. */
export type ShortcutCommand =
  | { kind: "view"; view: StandardView | "fit" }
  | { kind: "turn"; aboutUp: number; aboutRight: number }
  | { kind: "zoom"; factor: number }
  | { kind: "toggle"; jaw: "upper" | "lower" | "bite" }
  | { kind: "tool"; tool: Tool }
  | { kind: "opacity" | "wireframe" | "cancel" };

const TURN = Math.PI / 12;
const ZOOM = 1.2;

/** What the viewer's actions of the registry do. */
const COMMANDS = {
  viewFront: { kind: "view", view: "front" },
  viewRight: { kind: "view", view: "right" },
  viewLeft: { kind: "view", view: "left" },
  viewUpper: { kind: "view", view: "upper" },
  viewLower: { kind: "view", view: "lower" },
  viewLingual: { kind: "view", view: "back" },
  viewHome: { kind: "view", view: "home" },
  viewFit: { kind: "view", view: "fit" },
  turnLeft: { kind: "turn", aboutUp: -TURN, aboutRight: 0 },
  turnRight: { kind: "turn", aboutUp: TURN, aboutRight: 0 },
  turnUp: { kind: "turn", aboutUp: 0, aboutRight: -TURN },
  turnDown: { kind: "turn", aboutUp: 0, aboutRight: TURN },
  zoomIn: { kind: "zoom", factor: ZOOM },
  zoomOut: { kind: "zoom", factor: 1 / ZOOM },
  toggleUpper: { kind: "toggle", jaw: "upper" },
  toggleLower: { kind: "toggle", jaw: "lower" },
  toggleBites: { kind: "toggle", jaw: "bite" },
  seeThrough: { kind: "opacity" },
  takeDistance: { kind: "tool", tool: "distance" },
  takeAngle: { kind: "tool", tool: "angle" },
  takeSurface: { kind: "tool", tool: "surface" },
  takeSection: { kind: "tool", tool: "section" },
  takeContacts: { kind: "tool", tool: "contacts" },
  takeUndercut: { kind: "tool", tool: "undercut" },
  takeThickness: { kind: "tool", tool: "thickness" },
  takeCompare: { kind: "tool", tool: "compare" },
  takePin: { kind: "tool", tool: "pin" },
  showTriangles: { kind: "wireframe" },
  putToolAway: { kind: "cancel" },
} as const satisfies { [Id in KeyboardActionId]?: ShortcutCommand };

export type ViewerActionId = keyof typeof COMMANDS;

/** On most keyboards plus is a shifted sign: the key without Shift zooms as well. */
const ALSO_PLUS = "=";

/** The command of a key as this member has the keys, or null. */
export function commandOf(press: KeyPress, changed: ChangedKeys): ShortcutCommand | null {
  const pressed = keyOfEvent(press);
  if (!pressed) return null;
  const ids = Object.keys(COMMANDS) as ViewerActionId[];
  const find = (key: string) => ids.find((id) => keyOfAction(id, changed) === key);
  const id = find(pressed) ?? (pressed === ALSO_PLUS ? find("+") : undefined);
  return id ? COMMANDS[id] : null;
}
