import { DECIDUOUS_TEETH, type Fdi, isDeciduous, jawOf, PERMANENT_TEETH } from "#lib/teeth/tooth.ts";

/**
 * Outlines of teeth seen facing the patient, and where each stands in the chart. Units are those of the chart's viewBox;
 * a tooth's own origin is the middle of its neck, the crown grows towards +y, the root towards -y (lower teeth are flipped).
 */
export type ToothPlace = {
  fdi: Fdi;
  x: number;
  neck: number;
  flip: boolean;
  width: number;
  crown: number;
  root: number;
};

type Shape = "incisor" | "canine" | "premolar" | "molar";

/** Mesio-distal widths in mm, from the midline outwards (Wheeler's Dental Anatomy, rounded to half a millimetre). */
const UPPER_WIDTHS = [8.5, 6.5, 7.5, 7, 7, 10, 9.5, 8.5];
const LOWER_WIDTHS = [5.5, 6, 7, 7, 7, 11, 10.5, 10];
const DECIDUOUS_WIDTHS = [6, 5.5, 6.5, 8, 9.5];

const CROWN_HEIGHTS: Record<Shape, number> = { incisor: 23, canine: 24, premolar: 19, molar: 17 };
const ROOT_HEIGHTS: Record<Shape, number> = { incisor: 24, canine: 30, premolar: 26, molar: 23 };
const UNITS_PER_MM = 2.3;
const GAP = 1.4;

export const CHART_WIDTH = 340;
/** From the middle of the chart to the biting edges; the numbers stand there. */
const HALF_GAP = 13;
/** Height of one row of deciduous teeth with its numbers. */
const DECIDUOUS_ROW = 46;
const DECIDUOUS_SCALE = 0.8;

export function shapeOf(fdi: Fdi): Shape {
  const place = fdi % 10;
  if (place <= 2) return "incisor";
  if (place === 3) return "canine";
  if (isDeciduous(fdi)) return "molar"; // milk teeth have no premolars
  return place <= 5 ? "premolar" : "molar";
}

/** Height of the chart's viewBox and its middle line. */
export function chartSize(withDeciduous: boolean): { height: number; middle: number } {
  const half = 78 + (withDeciduous ? DECIDUOUS_ROW : 0);
  return { height: half * 2, middle: half };
}

/** All teeth of the chart, right of the patient on the left of the picture. */
export function placeTeeth(withDeciduous: boolean): ToothPlace[] {
  const { middle } = chartSize(withDeciduous);
  const edge = HALF_GAP + (withDeciduous ? DECIDUOUS_ROW : 0);
  const permanent = PERMANENT_TEETH.map((fdi) => place(fdi, middle, edge, 1));
  if (!withDeciduous) return permanent;
  return [...permanent, ...DECIDUOUS_TEETH.map((fdi) => place(fdi, middle, HALF_GAP, DECIDUOUS_SCALE))];
}

function place(fdi: Fdi, middle: number, edge: number, scale: number): ToothPlace {
  const upper = jawOf(fdi) === "upper";
  const widths = isDeciduous(fdi) ? DECIDUOUS_WIDTHS : upper ? UPPER_WIDTHS : LOWER_WIDTHS;
  const index = (fdi % 10) - 1;
  const before = widths.slice(0, index).reduce((sum, width) => sum + width * UNITS_PER_MM + GAP, GAP / 2);
  const width = widths[index]! * UNITS_PER_MM;
  const quadrant = Math.floor(fdi / 10);
  const onTheLeft = quadrant === 1 || quadrant === 4 || quadrant === 5 || quadrant === 8;
  const distance = before + width / 2;
  const shape = shapeOf(fdi);
  const crown = CROWN_HEIGHTS[shape] * scale;
  const biting = upper ? middle - edge : middle + edge;
  return {
    fdi,
    x: CHART_WIDTH / 2 + (onTheLeft ? -distance : distance),
    neck: upper ? biting - crown : biting + crown,
    flip: !upper,
    width,
    crown,
    root: isDeciduous(fdi) ? 0 : ROOT_HEIGHTS[shape],
  };
}

/** The crown's outline: the neck is slightly waisted, the biting edge is the shape's own. */
export function crownPath(shape: Shape, w: number, h: number): string {
  const half = w / 2;
  const neck = half * 0.76;
  const sides = {
    incisor: [
      0.9,
      `Q${-half * 0.96} ${h} ${-half * 0.72} ${h} L${half * 0.72} ${h} Q${half * 0.96} ${h} ${half * 0.97} ${h * 0.9}`,
    ],
    canine: [0.7, `Q${-half * 0.5} ${h * 0.9} 0 ${h} Q${half * 0.5} ${h * 0.9} ${half * 0.97} ${h * 0.7}`],
    premolar: [0.78, `Q${-half * 0.62} ${h * 0.92} 0 ${h} Q${half * 0.62} ${h * 0.92} ${half * 0.97} ${h * 0.78}`],
    molar: [
      0.8,
      `Q${-half * 0.92} ${h} ${-half * 0.52} ${h} Q${-half * 0.16} ${h} 0 ${h * 0.84} Q${half * 0.16} ${h} ${half * 0.52} ${h} Q${half * 0.92} ${h} ${half * 0.97} ${h * 0.8}`,
    ],
  } as const;
  const [shoulder, edge] = sides[shape];
  return `M${-neck} 0 C${-half} ${h * 0.25} ${-half} ${h * 0.5} ${-half * 0.97} ${h * shoulder} ${edge} C${half} ${h * 0.5} ${half} ${h * 0.25} ${neck} 0 Q0 ${-h * 0.16} ${-neck} 0 Z`;
}

/** One root, or two for molars. */
export function rootPath(shape: Shape, w: number, r: number): string {
  const n = (w / 2) * 0.74;
  if (shape !== "molar")
    return `M${-n} 0 C${-n * 0.86} ${-r * 0.5} ${-n * 0.4} ${-r} 0 ${-r} C${n * 0.4} ${-r} ${n * 0.86} ${-r * 0.5} ${n} 0 Z`;
  return [
    `M${-n} 0 C${-n * 1.08} ${-r * 0.5} ${-n * 0.92} ${-r} ${-n * 0.66} ${-r}`,
    `C${-n * 0.36} ${-r} ${-n * 0.3} ${-r * 0.42} 0 ${-r * 0.36}`,
    `C${n * 0.3} ${-r * 0.42} ${n * 0.36} ${-r} ${n * 0.66} ${-r}`,
    `C${n * 0.92} ${-r} ${n * 1.08} ${-r * 0.5} ${n} 0 Z`,
  ].join(" ");
}

/** An implant's screw in the place of the root. */
export function implantPath(w: number, r: number): string {
  const half = Math.min(w * 0.24, 4.5);
  const turns = Array.from(
    { length: 5 },
    (_, i) => `M${-half} ${-r * (0.2 + i * 0.15)} L${half} ${-r * (0.14 + i * 0.15)}`,
  );
  return `M${-half * 0.8} 0 L${-half * 0.8} ${-r * 0.86} Q0 ${-r * 1.04} ${half * 0.8} ${-r * 0.86} L${half * 0.8} 0 ${turns.join(" ")}`;
}
