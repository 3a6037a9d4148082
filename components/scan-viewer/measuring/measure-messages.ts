import type { Vector } from "#components/scan-viewer/vector.ts";
import type { ContactSummary } from "#lib/mesh/measure/contact-areas.ts";
import type { DeviationSummary } from "#lib/mesh/measure/deviations.ts";
import type { Contour, SectionPlane } from "#lib/mesh/measure/section-mesh.ts";
import type { Axes } from "#lib/mesh/turn-mesh.ts";

/** A scan to measure on, by the address of its full preview. */
export interface MeasureTarget {
  scanId: string;
  url: string;
}

/** … and how far it is moved from where it was scanned, mm. */
export interface PickTarget extends MeasureTarget {
  offset: Vector;
}

/** … and the address of its first picture, which is coloured as well. */
export interface MapTarget extends MeasureTarget {
  low: string | null;
}

/** A value per vertex of both previews, for the graphics card: `NO_VALUE` where there is none. */
export interface ScanMap {
  scanId: string;
  full: Float32Array;
  low: Float32Array | null;
}

/** Finite, because a graphics card mixes the values of neighbours; far beyond all that is shown. */
export const NO_VALUE = 1000;

/** How well one scan lies on another one. */
export interface LaidOn {
  rmsUm: number;
  /** 0 … 1 */
  matched: number;
  /** How far it had to be turned, degrees. */
  turnedDegrees: number;
}

export interface ContactRow extends ContactSummary {
  scanId: string;
}

/** What the page asks the measuring worker, and what comes back. Points are in their scan's own coordinates, mm. */
export interface Questions {
  pick: {
    question: { origin: Vector; direction: Vector; targets: readonly PickTarget[] };
    answer: { hit: { scanId: string; point: Vector; value: number | null } | null };
  };
  /** The nearest point of any of the targets. */
  nearest: {
    question: { point: Vector; targets: readonly MeasureTarget[] };
    answer: { hit: { scanId: string; point: Vector } | null };
  };
  section: {
    question: { plane: SectionPlane; targets: readonly MeasureTarget[] };
    answer: { lines: readonly { scanId: string; contours: readonly Contour[] }[] };
  };
  /** Maps of two scans against each other, within `limitMm`; kept for `contactAreas` and for the value under the pointer. */
  contacts: {
    question: { targets: readonly [MapTarget, MapTarget]; limitMm: number };
    answer: { maps: readonly ScanMap[] };
  };
  contactAreas: {
    question: { withinMm: number };
    answer: { rows: readonly ContactRow[] };
  };
  undercut: {
    question: { target: MapTarget; axis: Vector };
    answer: { maps: readonly ScanMap[]; areaMm2: number; deepestMm: number };
  };
  /** Wall thicknesses; kept for `contactAreas` (as what is thin) and for the value under the pointer. */
  thickness: {
    question: { target: MapTarget; limitMm: number };
    answer: { maps: readonly ScanMap[] };
  };
  /** A version of a scan laid on another one and coloured by how far it lies from it; positive where it stands out. */
  compare: {
    question: { reference: MeasureTarget; target: MapTarget; limitMm: number; toleranceMm: number };
    answer: { maps: readonly ScanMap[]; laid: LaidOn; summary: DeviationSummary };
  };
  meanNormal: {
    question: { target: MeasureTarget; point: Vector; radiusMm: number; seenFrom: Vector };
    answer: { normal: Vector | null };
  };
  forgetMaps: { question: Record<string, never>; answer: Record<string, never> };
}

export type QuestionKind = keyof Questions;

export type MeasureRequest =
  | {
      [K in QuestionKind]: {
        kind: K;
        key: number;
        /** How all scans of the case are turned, on the stage as here. */
        axes: Axes | null;
        question: Questions[K]["question"];
      };
    }[QuestionKind]
  | { kind: "stop"; key: number };

export type MeasureReply =
  | { key: number; failed: false; answer: Questions[QuestionKind]["answer"] }
  | { key: number; failed: true };
