import type { KeyboardEvent } from "react";
import type { ChangedKeys } from "#lib/keyboard/keyboard-actions.ts";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import { commandOf, type ShortcutCommand } from "./shortcuts.ts";
import type { CameraCommands } from "./stage/camera-rig.tsx";
import type { StandardView } from "./standard-views.ts";
import {
  type Appearance,
  appearanceOf,
  scansOfGroup,
  type Tool,
  type ViewerAction,
  type ViewerState,
} from "./viewer-state.ts";

interface ShortcutTargets {
  scans: readonly ScanView[];
  state: ViewerState;
  dispatch: (action: ViewerAction) => void;
  camera: () => CameraCommands | null;
  showView: (view: StandardView | "fit") => void;
  /** Keys that the member changed. */
  changedKeys: ChangedKeys;
  takeTool: (tool: Tool | null) => void;
}

/**
 * The keys of the viewer, for its outermost element. Keys of fields and sliders stay theirs, and what is used here
 * does not reach the page's own shortcuts.
 */
export function handleShortcut(event: KeyboardEvent, targets: ShortcutTargets): void {
  const command = commandOf(event, targets.changedKeys);
  if (!command || event.defaultPrevented || belongsToControl(event)) return;
  if (command.kind === "cancel" && targets.state.tool === null) return;
  event.preventDefault();
  event.stopPropagation();
  carryOut(command, targets);
}

/** Arrow keys and the like mean something else in a field, a slider, a menu, a list of buttons. */
function belongsToControl({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("input, textarea, select, [role=menu], [role=dialog]")) return true;
  return key.startsWith("Arrow") && target.closest("[role=toolbar], [role=radiogroup]") !== null;
}

function carryOut(command: ShortcutCommand, targets: ShortcutTargets): void {
  const { state, dispatch } = targets;
  switch (command.kind) {
    case "view":
      targets.showView(command.view);
      break;
    case "turn":
      targets.camera()?.turn(command.aboutUp, command.aboutRight);
      break;
    case "zoom":
      targets.camera()?.zoom(command.factor);
      break;
    case "toggle":
      dispatch({ type: "appearances", changes: toggled(targets, command.jaw) });
      break;
    case "opacity":
      dispatch({ type: "appearances", changes: nextGhost(targets) });
      break;
    case "tool":
      targets.takeTool(state.tool === command.tool ? null : command.tool);
      break;
    case "wireframe":
      dispatch({ type: "wireframe" });
      break;
    case "cancel":
      dispatch(state.draft.length > 0 ? { type: "dropDraft" } : { type: "tool", tool: null });
      break;
  }
}

type Changes = Record<string, Partial<Appearance>>;

function toggled({ scans, state }: ShortcutTargets, jaw: "upper" | "lower" | "bite"): Changes {
  const own = scansOfGroup(scans, state).filter((scan) => scan.jaw === jaw);
  const anyShown = own.some((scan) => appearanceOf(scan, scans, state).visibility !== "hide");
  const shown = own.slice(0, jaw === "bite" ? own.length : 1);
  return Object.fromEntries(
    (anyShown ? own : shown).map(({ id }) => [id, { visibility: anyShown ? "hide" : "show" } as const]),
  );
}

/** Nothing, then the upper jaw, then the lower one is seen through, and round again; hidden scans stay hidden. */
function nextGhost({ scans, state }: ShortcutTargets): Changes {
  const jaws = scansOfGroup(scans, state).filter(
    (scan) => (scan.jaw === "upper" || scan.jaw === "lower") && appearanceOf(scan, scans, state).visibility !== "hide",
  );
  const isGhost = (jaw: "upper" | "lower") =>
    jaws.some((scan) => scan.jaw === jaw && appearanceOf(scan, scans, state).visibility === "ghost");
  const next = isGhost("upper") ? "lower" : isGhost("lower") ? null : "upper";
  return Object.fromEntries(jaws.map(({ id, jaw }) => [id, { visibility: jaw === next ? "ghost" : "show" } as const]));
}
