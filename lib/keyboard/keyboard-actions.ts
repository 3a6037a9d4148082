/** Where a key is listened to. "inbox" is the list, "order" an open order, "triage" the deck, "viewer" the 3D scene while it has the focus. */
export const KEYBOARD_SCOPES = ["everywhere", "inbox", "order", "triage", "viewer"] as const;
export type KeyboardScope = (typeof KEYBOARD_SCOPES)[number];

/**
 * A key as people write it: what it types ("j", "?", "/") or its name ("Enter", "Escape", "ArrowLeft"), with "Ctrl+", "Alt+" or,
 * before letters and names, "Shift+" in front. Two keys one after the other are separated by a space ("g i").
 */
export type KeyName = string;

type ActionEntry = {
  /** Its sentence is in the catalogue: `keyboard.actions.<id>`. */
  id: string;
  scopes: readonly [KeyboardScope, ...KeyboardScope[]];
  key: KeyName;
  /** Not to be changed: every key of it means something of its own, or other windows rely on it. */
  fixed?: true;
  /** The side whose affair it is; without one it is both's. */
  side?: "lab" | "clinic";
  /** What the member must be allowed. */
  permission?: "decide" | "download";
};

const DECIDING = ["inbox", "order", "triage"] as const;

/** Everything that a key does, in the order in which it is shown. One more line here, and its sentence in both catalogues, is one more key. */
export const KEYBOARD_ACTIONS = [
  { id: "showKeys", scopes: ["everywhere"], key: "?" },
  { id: "showCommands", scopes: ["everywhere"], key: "Ctrl+k" },
  { id: "goToOrders", scopes: ["everywhere"], key: "g i" },
  { id: "goToViewer", scopes: ["everywhere"], key: "g v" },
  { id: "goToConnections", scopes: ["everywhere"], key: "g c" },
  { id: "goToSettings", scopes: ["everywhere"], key: "g s" },
  { id: "nextOrder", scopes: DECIDING, key: "j" },
  { id: "previousOrder", scopes: DECIDING, key: "k" },
  { id: "openOrder", scopes: ["inbox", "triage"], key: "Enter" },
  { id: "acceptOrder", scopes: DECIDING, key: "a", side: "lab", permission: "decide" },
  { id: "rejectOrder", scopes: DECIDING, key: "r", side: "lab", permission: "decide" },
  { id: "cancelOrder", scopes: ["inbox", "order"], key: "c", side: "clinic", permission: "decide" },
  { id: "printOrder", scopes: ["inbox", "order"], key: "p", permission: "download" },
  { id: "markOrder", scopes: ["inbox"], key: "x" },
  { id: "downloadOrder", scopes: DECIDING, key: "d", permission: "download" },
  { id: "startTriage", scopes: ["inbox"], key: "t", side: "lab", permission: "decide" },
  { id: "toggleList", scopes: ["order"], key: "v" },
  { id: "chooseReason", scopes: ["triage"], key: "1–9", fixed: true, side: "lab", permission: "decide" },
  { id: "clearSelection", scopes: ["inbox"], key: "Escape", fixed: true },
  { id: "holdOrder", scopes: DECIDING, key: "h", side: "lab", permission: "decide" },
  { id: "noteOrder", scopes: DECIDING, key: "e", permission: "decide" },
  { id: "undoDecision", scopes: ["everywhere"], key: "z", permission: "decide" },
  { id: "searchOrders", scopes: ["inbox"], key: "/" },
  { id: "chooseView", scopes: ["inbox"], key: "1–9", fixed: true },
  { id: "allOrders", scopes: ["inbox"], key: "0" },
  { id: "backToOrders", scopes: ["order", "triage"], key: "Escape", fixed: true },
  { id: "viewFront", scopes: ["viewer"], key: "1" },
  { id: "viewRight", scopes: ["viewer"], key: "2" },
  { id: "viewLeft", scopes: ["viewer"], key: "3" },
  { id: "viewUpper", scopes: ["viewer"], key: "4" },
  { id: "viewLower", scopes: ["viewer"], key: "5" },
  { id: "viewLingual", scopes: ["viewer"], key: "6" },
  { id: "viewHome", scopes: ["viewer"], key: "7" },
  { id: "viewFit", scopes: ["viewer"], key: "f" },
  { id: "turnLeft", scopes: ["viewer"], key: "ArrowLeft" },
  { id: "turnRight", scopes: ["viewer"], key: "ArrowRight" },
  { id: "turnUp", scopes: ["viewer"], key: "ArrowUp" },
  { id: "turnDown", scopes: ["viewer"], key: "ArrowDown" },
  { id: "zoomIn", scopes: ["viewer"], key: "+" },
  { id: "zoomOut", scopes: ["viewer"], key: "-" },
  { id: "toggleUpper", scopes: ["viewer"], key: "u" },
  { id: "toggleLower", scopes: ["viewer"], key: "l" },
  { id: "toggleBites", scopes: ["viewer"], key: "b" },
  { id: "seeThrough", scopes: ["viewer"], key: "o" },
  { id: "takeDistance", scopes: ["viewer"], key: "m" },
  { id: "takeAngle", scopes: ["viewer"], key: "a" },
  { id: "takeSurface", scopes: ["viewer"], key: "d" },
  { id: "takeSection", scopes: ["viewer"], key: "s" },
  { id: "takeContacts", scopes: ["viewer"], key: "c" },
  { id: "takeUndercut", scopes: ["viewer"], key: "k" },
  { id: "takeThickness", scopes: ["viewer"], key: "t" },
  { id: "takeCompare", scopes: ["viewer"], key: "v" },
  { id: "takePin", scopes: ["viewer"], key: "p" },
  { id: "showTriangles", scopes: ["viewer"], key: "w" },
  { id: "putToolAway", scopes: ["viewer"], key: "Escape", fixed: true },
] as const satisfies readonly ActionEntry[];

export type KeyboardAction = (typeof KEYBOARD_ACTIONS)[number];
export type KeyboardActionId = KeyboardAction["id"];
export const KEYBOARD_ACTION_IDS = KEYBOARD_ACTIONS.map(({ id }) => id) as [KeyboardActionId, ...KeyboardActionId[]];

/** Whether a key does anything for somebody of this side with these permissions. */
export function isOfUse(action: ActionEntry, who: { side: "lab" | "clinic"; permissions: readonly string[] }): boolean {
  const isTheirs = !action.side || action.side === who.side;
  return isTheirs && (!action.permission || who.permissions.includes(action.permission));
}

/** What a member changed: action → key. */
export type ChangedKeys = Partial<Record<KeyboardActionId, KeyName>>;

/** The key of an action as this member has it. */
export function keyOfAction(id: KeyboardActionId, changed: ChangedKeys): KeyName {
  const action = actionOf(id);
  return ("fixed" in action ? undefined : changed[id]) ?? action.key;
}

/**
 * The action that a key would collide with: one of a shared place with the same key, or with a key that begins with it, or that it
 * begins with ("g" and "g i").
 */
export function findKeyConflict(id: KeyboardActionId, key: KeyName, changed: ChangedKeys): KeyboardActionId | null {
  const own = actionOf(id).scopes;
  const other = KEYBOARD_ACTIONS.find(
    (action) =>
      action.id !== id && shareAPlace(own, action.scopes) && keysOf(action, changed).some((one) => collide(one, key)),
  );
  return other?.id ?? null;
}

function actionOf(id: KeyboardActionId): KeyboardAction {
  return KEYBOARD_ACTIONS.find((action) => action.id === id)!;
}

/** The digits of a range ("1–9") are its keys. */
function keysOf(action: KeyboardAction, changed: ChangedKeys): KeyName[] {
  const key = keyOfAction(action.id, changed);
  const range = /^(\d)–(\d)$/.exec(key);
  if (!range) return [key];
  const [first, last] = [Number(range[1]), Number(range[2])];
  return Array.from({ length: last - first + 1 }, (_, i) => String(first + i));
}

function collide(a: KeyName, b: KeyName): boolean {
  return a === b || a.startsWith(`${b} `) || b.startsWith(`${a} `);
}

function shareAPlace(a: readonly KeyboardScope[], b: readonly KeyboardScope[]): boolean {
  return a.includes("everywhere") || b.includes("everywhere") || a.some((scope) => b.includes(scope));
}
