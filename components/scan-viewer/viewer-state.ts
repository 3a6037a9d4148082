import { angleDegrees } from "#lib/mesh/measure/geometry.ts";
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

/** Tools that end in a number between picked points: two, three, or one and the nearest point of another scan. */
export const MEASUREMENT_KINDS = ["distance", "angle", "surface"] as const;
export type MeasurementKind = (typeof MEASUREMENT_KINDS)[number];

export function isMeasuring(tool: Tool | null): tool is MeasurementKind {
  return (MEASUREMENT_KINDS as readonly (Tool | null)[]).includes(tool);
}

export interface Measurement {
  id: number;
  kind: MeasurementKind;
  /** Of an angle the one in the middle is its corner; of a surface distance the second is on the other scan. */
  points: readonly PickedPoint[];
}

export type Tool = MeasurementKind | "section" | "contacts" | "undercut" | "pin";

export const SECTION_PRESETS = ["sagittal", "frontal", "horizontal"] as const;
export type SectionPreset = (typeof SECTION_PRESETS)[number];

/** A movable plane: all points p with normal · (p − origin) = positionMm, in scanner coordinates. */
export interface SectionState {
  /** Null: cut from the screen. */
  preset: SectionPreset | null;
  origin: Vector;
  normal: Vector;
  positionMm: number;
  /** What lies in front of the plane is not drawn. */
  cutAway: boolean;
}

/** The insertion axis of an undercut map, and the scan that it is made of. */
export interface UndercutState {
  scanId: string;
  axis: Vector;
  from: "view" | "area";
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
  tool: Tool | null;
  /** The points so far of what is being measured; of a pin its place. */
  draft: readonly PickedPoint[];
  measurements: readonly Measurement[];
  /** Null until the tool is first taken, or when it is put away. */
  section: SectionState | null;
  /** Up to this signed distance two surfaces count as in contact, mm. */
  contactMm: number;
  undercut: UndercutState | null;
}

export const INITIAL_STATE: ViewerState = {
  appearances: {},
  biteGroup: null,
  only: null,
  openingMm: 0,
  wireframe: false,
  tool: null,
  draft: [],
  measurements: [],
  section: null,
  contactMm: 0.2,
  undercut: null,
};

export const MOST_OPENING_MM = 40;

/** Contacts are looked for up to this distance, mm. */
export const MOST_CONTACT_MM = 2;

export type ViewerAction =
  | { type: "appearance"; scanId: string; change: Partial<Appearance> }
  | { type: "appearances"; changes: Readonly<Record<string, Partial<Appearance>>> }
  | { type: "biteGroup"; group: string }
  | { type: "only"; jaw: "upper" | "lower" | null }
  | { type: "opening"; mm: number }
  | { type: "wireframe" }
  | { type: "tool"; tool: Tool | null }
  | { type: "pick"; picked: PickedPoint }
  | { type: "measured"; kind: MeasurementKind; points: readonly PickedPoint[] }
  | { type: "dropDraft" }
  | { type: "removeMeasurement"; id: number }
  | { type: "removeMeasurements" }
  | { type: "section"; change: Partial<SectionState> }
  | { type: "moveSection"; byMm: number; reachMm: number }
  | { type: "openSection"; section: SectionState }
  | { type: "contacts"; withinMm: number }
  | { type: "undercut"; undercut: UndercutState | null }
  | { type: "restore"; state: Partial<ViewerState> };

export function viewerReducer(state: ViewerState, action: ViewerAction): ViewerState {
  switch (action.type) {
    case "appearance":
      return changeAppearances(state, { [action.scanId]: action.change });
    case "appearances":
      return changeAppearances(state, action.changes);
    case "biteGroup":
      return { ...state, biteGroup: action.group, draft: [] };
    case "only":
      return { ...state, only: action.jaw };
    case "opening":
      return { ...state, openingMm: Math.min(MOST_OPENING_MM, Math.max(0, action.mm)) };
    case "wireframe":
      return { ...state, wireframe: !state.wireframe };
    case "tool":
      return { ...state, tool: action.tool, draft: [], section: null, undercut: null };
    case "pick":
      return pick(state, action.picked);
    case "measured":
      return addMeasurement(state, action.kind, action.points);
    case "dropDraft":
      return { ...state, draft: [] };
    case "removeMeasurement":
      return { ...state, measurements: state.measurements.filter(({ id }) => id !== action.id) };
    case "removeMeasurements":
      return { ...state, measurements: [], draft: [] };
    case "section":
      return { ...state, section: state.section && { ...state.section, ...action.change } };
    case "moveSection": {
      if (!state.section) return state;
      const wanted = state.section.positionMm + action.byMm;
      const positionMm = Math.min(action.reachMm, Math.max(-action.reachMm, wanted));
      return { ...state, section: { ...state.section, positionMm } };
    }
    case "openSection":
      return { ...state, tool: "section", draft: [], section: action.section };
    case "contacts":
      return { ...state, contactMm: Math.min(MOST_CONTACT_MM, Math.max(0, action.withinMm)) };
    case "undercut":
      return { ...state, undercut: action.undercut, draft: [] };
    case "restore":
      return { ...state, tool: null, draft: [], section: null, undercut: null, only: null, ...action.state };
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

const POINTS = { distance: 2, angle: 3 } as const;

function pick(state: ViewerState, picked: PickedPoint): ViewerState {
  if (state.tool === "pin") return { ...state, draft: [picked] };
  if (state.tool !== "distance" && state.tool !== "angle") return state;
  const points = [...state.draft, picked];
  return points.length < POINTS[state.tool] ? { ...state, draft: points } : addMeasurement(state, state.tool, points);
}

function addMeasurement(state: ViewerState, kind: MeasurementKind, points: readonly PickedPoint[]): ViewerState {
  const id = 1 + Math.max(0, ...state.measurements.map((measurement) => measurement.id));
  return { ...state, draft: [], measurements: [...state.measurements, { id, kind, points }] };
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

/** What was measured, as scanned: mm, or degrees for an angle. An opened mouth does not change it. */
export function measuredValue({ kind, points }: Pick<Measurement, "kind" | "points">): number {
  const [a, b, c] = points.map(({ point }) => point);
  if (!a || !b) return 0;
  if (kind === "angle") return c ? angleDegrees(a, b, c) : 0;
  return Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
}
