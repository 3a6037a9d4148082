import { angleDegrees } from "#lib/mesh/measure/geometry.ts";
import { isMain, jawOf, roleOf } from "#lib/scans/scan-role.ts";
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

export type Tool = MeasurementKind | "section" | "contacts" | "undercut" | "thickness" | "compare" | "pin";

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

/** Two versions of a scan: how far the second one lies from the first. */
export interface CompareState {
  referenceId: string;
  scanId: string;
}

export interface ViewerState {
  /** Only what the person changed; the rest follows from the case (appearanceOf). */
  appearances: Readonly<Record<string, Partial<Appearance>>>;
  /** Scans of which nobody says what they are stand beside the jaws: a person dropped them here to see them. */
  showsUnplaced: boolean;
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
  /** The scan whose walls are measured. */
  thicknessOf: string | null;
  /** Thinner walls are coloured, mm. */
  thinMm: number;
  compare: CompareState | null;
  /** How the scans were shown before two were compared; they are shown so again afterwards. */
  beforeCompare: ViewerState["appearances"] | null;
  /** Deviations are coloured up to this on either side, mm. */
  deviationMm: number;
}

export const INITIAL_STATE: ViewerState = {
  appearances: {},
  showsUnplaced: false,
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
  thicknessOf: null,
  thinMm: 1,
  compare: null,
  beforeCompare: null,
  deviationMm: 0.2,
};

export const MOST_OPENING_MM = 40;

/** Contacts are looked for up to this distance, mm. */
export const MOST_CONTACT_MM = 2;

/** Walls are measured, and versions of a scan compared, up to this, mm. */
export const MOST_THICKNESS_MM = 5;
export const MOST_DEVIATION_MM = 2;

const NO_TOOL = { tool: null, draft: [], section: null, undercut: null, thicknessOf: null, compare: null } as const;

/** What is put away with a tool. */
function withoutTool(state: ViewerState): ViewerState {
  return { ...state, ...NO_TOOL, appearances: state.beforeCompare ?? state.appearances, beforeCompare: null };
}

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
  | { type: "thickness"; scanId: string }
  | { type: "thin"; mm: number }
  | { type: "compare"; compare: CompareState }
  | { type: "deviation"; mm: number }
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
      return { ...state, openingMm: within(action.mm, 0, MOST_OPENING_MM) };
    case "wireframe":
      return { ...state, wireframe: !state.wireframe };
    case "tool":
      return { ...withoutTool(state), tool: action.tool };
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
      const positionMm = within(state.section.positionMm + action.byMm, -action.reachMm, action.reachMm);
      return { ...state, section: { ...state.section, positionMm } };
    }
    case "openSection":
      return { ...withoutTool(state), tool: "section", section: action.section };
    case "contacts":
      return { ...state, contactMm: within(action.withinMm, 0, MOST_CONTACT_MM) };
    case "undercut":
      return { ...state, undercut: action.undercut, draft: [] };
    case "thickness":
      return { ...state, thicknessOf: action.scanId };
    case "thin":
      return { ...state, thinMm: within(action.mm, 0.05, MOST_THICKNESS_MM) };
    case "compare":
      return compareScans(state, action.compare);
    case "deviation":
      return { ...state, deviationMm: within(action.mm, 0.02, MOST_DEVIATION_MM) };
    case "restore":
      return { ...withoutTool(state), only: null, ...action.state };
  }
}

const within = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));

/** The compared scan carries the colours: its reference would lie in front of them, and so would one compared before it. */
function compareScans(state: ViewerState, compare: CompareState): ViewerState {
  const beforeCompare = state.beforeCompare ?? state.appearances;
  const shown = changeAppearances(
    { ...state, appearances: beforeCompare },
    {
      [compare.referenceId]: { visibility: "hide" },
      [compare.scanId]: { visibility: "show", opacity: 1 },
    },
  );
  return { ...shown, beforeCompare, compare };
}

/** Changing what is shown ends an occlusal view's choice: the person's wish goes first. */
function changeAppearances(state: ViewerState, changes: Readonly<Record<string, Partial<Appearance>>>): ViewerState {
  const changed = (appearances: ViewerState["appearances"]) => ({
    ...appearances,
    ...Object.fromEntries(Object.entries(changes).map(([id, change]) => [id, { ...appearances[id], ...change }])),
  });
  const visibility = Object.values(changes).some((change) => change.visibility !== undefined);
  return {
    ...state,
    appearances: changed(state.appearances),
    beforeCompare: state.beforeCompare && changed(state.beforeCompare),
    only: visibility ? null : state.only,
  };
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
 * At first the upper and the lower jaw are shown, one of each (a second one of the same place is an earlier state of it, or
 * another scan), and the margin line; bites, designs and other scans are not. A case without jaws shows all it has, and so do files
 * of this computer whose names say nothing.
 */
export function appearanceOf(scan: ScanView, scans: readonly ScanView[], state: ViewerState): Appearance {
  const group = scansOfGroup(scans, state);
  const sameJaw = group.filter(({ jaw, state: s }) => jaw === scan.jaw && s !== "failed");
  const isFirstOfJaw = (sameJaw.find(isMain) ?? sameJaw[0])?.id === scan.id;
  const hasJaws = group.some(({ jaw }) => jaw === "upper" || jaw === "lower");
  const isJaw = scan.jaw === "upper" || scan.jaw === "lower";
  const role = roleOf(scan);
  const isUnplaced = scan.jaw === null && role === null;
  const isShown = !hasJaws || (isJaw && isFirstOfJaw) || role === "margin" || (state.showsUnplaced && isUnplaced);
  const visibility = isShown ? "show" : "hide";
  return { visibility, opacity: 1, colouring: "stone", ...state.appearances[scan.id] };
}

/** What is drawn: ready, in the bite group, not hidden, and not left out by an occlusal view. */
export function drawnScans(scans: readonly ScanView[], state: ViewerState): ScanView[] {
  return scansOfGroup(scans, state).filter(
    (scan) =>
      scan.state === "ready" &&
      appearanceOf(scan, scans, state).visibility !== "hide" &&
      (state.only === null || jawOf(scan) === state.only),
  );
}

/** What was measured, as scanned: mm, or degrees for an angle. An opened mouth does not change it. */
export function measuredValue({ kind, points }: Pick<Measurement, "kind" | "points">): number {
  const [a, b, c] = points.map(({ point }) => point);
  if (!a || !b) return 0;
  if (kind === "angle") return c ? angleDegrees(a, b, c) : 0;
  return Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
}
