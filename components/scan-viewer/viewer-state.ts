import type { ScanView } from "#lib/scans/scan-schema.ts";
import type { Vector } from "./vector.ts";

export type Visibility = "show" | "ghost" | "hide";
export type Colouring = "stone" | "scanner";

/** How one scan is drawn. */
export interface Appearance {
  visibility: Visibility;
  /** 0.1 … 1, of a shown scan. */
  opacity: number;
  colouring: Colouring;
}

/** A point picked on a scan, in the scan's own coordinates (mm). */
export interface PickedPoint {
  scanId: string;
  point: Vector;
}

export interface DistanceMeasurement {
  id: number;
  from: PickedPoint;
  to: PickedPoint;
}

export interface ViewerState {
  /** Only what the person changed; the rest follows from the case (appearanceOf). */
  appearances: Readonly<Record<string, Partial<Appearance>>>;
  /** The bite group that is shown; null: the first. */
  biteGroup: string | null;
  /** An occlusal view leaves out what lies between the viewer and this jaw. */
  only: "upper" | "lower" | null;
  /** How far the lower jaw is moved down, mm. */
  openingMm: number;
  wireframe: boolean;
  tool: "distance" | null;
  /** The first point of a distance that is being measured. */
  draft: PickedPoint | null;
  distances: readonly DistanceMeasurement[];
}

export const INITIAL_STATE: ViewerState = {
  appearances: {},
  biteGroup: null,
  only: null,
  openingMm: 0,
  wireframe: false,
  tool: null,
  draft: null,
  distances: [],
};

export const MOST_OPENING_MM = 40;

export type ViewerAction =
  | { type: "appearance"; scanId: string; change: Partial<Appearance> }
  | { type: "appearances"; changes: Readonly<Record<string, Partial<Appearance>>> }
  | { type: "biteGroup"; group: string }
  | { type: "only"; jaw: "upper" | "lower" | null }
  | { type: "opening"; mm: number }
  | { type: "wireframe" }
  | { type: "tool"; tool: ViewerState["tool"] }
  | { type: "pick"; picked: PickedPoint }
  | { type: "dropDraft" }
  | { type: "removeDistance"; id: number }
  | { type: "removeDistances" };

export function viewerReducer(state: ViewerState, action: ViewerAction): ViewerState {
  switch (action.type) {
    case "appearance":
      return changeAppearances(state, { [action.scanId]: action.change });
    case "appearances":
      return changeAppearances(state, action.changes);
    case "biteGroup":
      return { ...state, biteGroup: action.group, draft: null };
    case "only":
      return { ...state, only: action.jaw };
    case "opening":
      return { ...state, openingMm: Math.min(MOST_OPENING_MM, Math.max(0, action.mm)) };
    case "wireframe":
      return { ...state, wireframe: !state.wireframe };
    case "tool":
      return { ...state, tool: action.tool, draft: null };
    case "pick":
      return pick(state, action.picked);
    case "dropDraft":
      return { ...state, draft: null };
    case "removeDistance":
      return { ...state, distances: state.distances.filter(({ id }) => id !== action.id) };
    case "removeDistances":
      return { ...state, distances: [], draft: null };
  }
}

/** Changing what is shown ends an occlusal view's choice: the person's wish goes first. */
function changeAppearances(state: ViewerState, changes: Readonly<Record<string, Partial<Appearance>>>): ViewerState {
  const appearances = { ...state.appearances };
  let visibility = false;
  for (const [scanId, change] of Object.entries(changes)) {
    appearances[scanId] = { ...appearances[scanId], ...change };
    visibility ||= change.visibility !== undefined;
  }
  return { ...state, appearances, only: visibility ? null : state.only };
}

function pick(state: ViewerState, picked: PickedPoint): ViewerState {
  if (state.tool !== "distance") return state;
  if (!state.draft) return { ...state, draft: picked };
  const id = 1 + Math.max(0, ...state.distances.map((distance) => distance.id));
  return { ...state, draft: null, distances: [...state.distances, { id, from: state.draft, to: picked }] };
}

/** The bite groups of a case in the vendor's order; a switch is worth showing from two on. */
export function biteGroupsOf(scans: readonly ScanView[]): string[] {
  return [...new Set(scans.flatMap((scan) => (scan.biteGroup === null ? [] : [scan.biteGroup])))];
}

/** The scans of the chosen bite group, and those that belong to none. */
export function scansOfGroup(scans: readonly ScanView[], state: ViewerState): ScanView[] {
  const groups = biteGroupsOf(scans);
  const group = state.biteGroup !== null && groups.includes(state.biteGroup) ? state.biteGroup : groups[0];
  return scans.filter((scan) => scan.biteGroup === null || scan.biteGroup === group);
}

/**
 * At first the upper and the lower jaw are shown, one of each (a second one of the same place is an earlier or a
 * prepared state of it), and bites and other scans are not. A case without jaws shows all it has.
 */
export function appearanceOf(scan: ScanView, scans: readonly ScanView[], state: ViewerState): Appearance {
  const group = scansOfGroup(scans, state);
  const isFirstOfJaw = group.find(({ jaw, state: s }) => jaw === scan.jaw && s !== "failed")?.id === scan.id;
  const hasJaws = group.some(({ jaw }) => jaw === "upper" || jaw === "lower");
  const isJaw = scan.jaw === "upper" || scan.jaw === "lower";
  const visibility = !hasJaws || (isJaw && isFirstOfJaw) ? "show" : "hide";
  return { visibility, opacity: 1, colouring: "stone", ...state.appearances[scan.id] };
}

/** What is drawn: ready, in the bite group, not hidden, and not left out by an occlusal view. */
export function drawnScans(scans: readonly ScanView[], state: ViewerState): ScanView[] {
  return scansOfGroup(scans, state).filter(
    (scan) =>
      scan.state === "ready" &&
      appearanceOf(scan, scans, state).visibility !== "hide" &&
      (state.only === null || scan.jaw === state.only),
  );
}

/** Distance between the two points as scanned, mm: an opened mouth does not change it. */
export function distanceMm({ from, to }: Pick<DistanceMeasurement, "from" | "to">): number {
  return Math.hypot(to.point[0] - from.point[0], to.point[1] - from.point[1], to.point[2] - from.point[2]);
}
