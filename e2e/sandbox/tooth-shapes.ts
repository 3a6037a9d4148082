/** Sizes and relief of teeth, millimetres, after mean values of dental anatomy textbooks. */

export interface ToothShape {
  /** Mesiodistal width, buccolingual breadth, height of the crown. */
  width: number;
  breadth: number;
  height: number;
  kind: "incisor" | "canine" | "premolar" | "molar";
}

/** Position in the quadrant (1 central incisor … 7 second molar) → shape. */
export const UPPER: readonly ToothShape[] = [
  { width: 8.5, breadth: 7.1, height: 10.2, kind: "incisor" },
  { width: 6.6, breadth: 6.2, height: 9.2, kind: "incisor" },
  { width: 7.6, breadth: 8.0, height: 10.0, kind: "canine" },
  { width: 7.1, breadth: 9.2, height: 8.3, kind: "premolar" },
  { width: 6.7, breadth: 9.0, height: 7.9, kind: "premolar" },
  { width: 10.3, breadth: 11.2, height: 7.3, kind: "molar" },
  { width: 9.4, breadth: 11.0, height: 7.0, kind: "molar" },
];

export const LOWER: readonly ToothShape[] = [
  { width: 5.4, breadth: 6.0, height: 8.8, kind: "incisor" },
  { width: 5.8, breadth: 6.3, height: 9.0, kind: "incisor" },
  { width: 6.8, breadth: 7.6, height: 10.0, kind: "canine" },
  { width: 7.1, breadth: 7.9, height: 8.6, kind: "premolar" },
  { width: 7.2, breadth: 8.5, height: 8.0, kind: "premolar" },
  { width: 11.2, breadth: 10.6, height: 7.3, kind: "molar" },
  { width: 10.5, breadth: 10.3, height: 7.0, kind: "molar" },
];

interface Cusp {
  /** Place on the occlusal table: mesial and buccal are +1. */
  mesial: number;
  buccal: number;
  height: number;
  spread: number;
}

const UPPER_MOLAR: Cusp[] = [
  { mesial: 0.45, buccal: 0.62, height: 1.75, spread: 0.34 },
  { mesial: -0.42, buccal: 0.58, height: 1.6, spread: 0.32 },
  { mesial: 0.38, buccal: -0.58, height: 1.9, spread: 0.38 },
  { mesial: -0.5, buccal: -0.6, height: 1.25, spread: 0.28 },
];
const LOWER_MOLAR: Cusp[] = [
  { mesial: 0.52, buccal: 0.58, height: 1.7, spread: 0.3 },
  { mesial: -0.12, buccal: 0.64, height: 1.6, spread: 0.27 },
  { mesial: -0.66, buccal: 0.42, height: 1.15, spread: 0.23 },
  { mesial: 0.46, buccal: -0.58, height: 1.8, spread: 0.33 },
  { mesial: -0.4, buccal: -0.56, height: 1.65, spread: 0.33 },
];
const PREMOLAR: Cusp[] = [
  { mesial: 0.02, buccal: 0.58, height: 1.9, spread: 0.42 },
  { mesial: 0.06, buccal: -0.6, height: 1.45, spread: 0.38 },
];

const FOSSA_DEPTH = 2.0;

/**
 * How far a point of the biting surface lies below the plane of the cusp tips, in mm.
 * `mesial` and `buccal` run from -1 to 1 over the tooth.
 */
export function occlusalDepth(kind: ToothShape["kind"], isUpper: boolean, mesial: number, buccal: number): number {
  if (kind === "incisor") return 0.25 * Math.abs(mesial) ** 4;
  if (kind === "canine") return 1.9 * Math.abs(mesial) ** 1.4;
  const cusps = kind === "premolar" ? PREMOLAR : isUpper ? UPPER_MOLAR : LOWER_MOLAR;
  let height = 0;
  for (const cusp of cusps) {
    const away = ((mesial - cusp.mesial) ** 2 + (buccal - cusp.buccal) ** 2) / (2 * cusp.spread ** 2);
    height = Math.max(height, cusp.height * Math.exp(-away)) + 0.12 * Math.min(height, cusp.height * Math.exp(-away));
  }
  const marginalRidge = 0.95 * Math.exp(-(((Math.abs(mesial) - 0.82) / 0.16) ** 2));
  const centralFissure = 0.45 * Math.exp(-((buccal / 0.12) ** 2)) * (1 - mesial ** 4);
  const crossFissure =
    kind === "molar" ? 0.38 * Math.exp(-(((mesial + 0.03 - 0.2 * buccal) / 0.09) ** 2)) * Math.abs(buccal) ** 0.5 : 0;
  return Math.max(0, FOSSA_DEPTH - Math.max(height, marginalRidge) + Math.max(centralFissure, crossFissure));
}
