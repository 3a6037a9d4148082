import { STANDARD_VIEWS, type StandardView } from "./standard-views.ts";
import type { Tool } from "./viewer-state.ts";

/** What a key asks of the viewer. */
export type ShortcutCommand =
  | { kind: "view"; view: StandardView | "fit" }
  | { kind: "turn"; aboutUp: number; aboutRight: number }
  | { kind: "zoom"; factor: number }
  | { kind: "toggle"; jaw: "upper" | "lower" | "bite" }
  | { kind: "tool"; tool: Tool }
  | { kind: "opacity" | "wireframe" | "cancel" | "list" };

/** The part of a `KeyboardEvent` that counts. */
export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

const TURN = Math.PI / 12;
const ZOOM = 1.2;

const COMMANDS: Readonly<Record<string, ShortcutCommand>> = {
  ...Object.fromEntries(STANDARD_VIEWS.map((view, i) => [String(i + 1), { kind: "view", view } as const])),
  f: { kind: "view", view: "fit" },
  ArrowLeft: { kind: "turn", aboutUp: -TURN, aboutRight: 0 },
  ArrowRight: { kind: "turn", aboutUp: TURN, aboutRight: 0 },
  ArrowUp: { kind: "turn", aboutUp: 0, aboutRight: -TURN },
  ArrowDown: { kind: "turn", aboutUp: 0, aboutRight: TURN },
  "+": { kind: "zoom", factor: ZOOM },
  "=": { kind: "zoom", factor: ZOOM },
  "-": { kind: "zoom", factor: 1 / ZOOM },
  u: { kind: "toggle", jaw: "upper" },
  l: { kind: "toggle", jaw: "lower" },
  b: { kind: "toggle", jaw: "bite" },
  o: { kind: "opacity" },
  m: { kind: "tool", tool: "distance" },
  a: { kind: "tool", tool: "angle" },
  d: { kind: "tool", tool: "surface" },
  s: { kind: "tool", tool: "section" },
  c: { kind: "tool", tool: "contacts" },
  k: { kind: "tool", tool: "undercut" },
  p: { kind: "tool", tool: "pin" },
  w: { kind: "wireframe" },
  Escape: { kind: "cancel" },
  "?": { kind: "list" },
};

/** The command of a key, or null. With Ctrl, Alt or Meta a key belongs to the browser. */
export function commandOf({ key, ctrlKey, metaKey, altKey }: KeyPress): ShortcutCommand | null {
  if (ctrlKey || metaKey || altKey) return null;
  const name = key.length === 1 ? key.toLowerCase() : key;
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name]! : null;
}
