import { occlusalDepth, type ToothShape } from "./tooth-shapes.ts";

/** A point of a cross-section: buccal offset from the arch line, and depth below the cusp tips, in mm. */
export interface SectionPoint {
  buccal: number;
  depth: number;
  /** 0 gum … 1 tooth. */
  enamel: number;
}

export interface SectionSite {
  shape: ToothShape;
  state: "sound" | "prepared" | "missing";
  isUpper: boolean;
  /** -1 … 1 along the tooth, +1 mesial. */
  mesial: number;
  /** Breadth and height interpolated between neighbours, so that the gum runs smoothly. */
  gumBreadth: number;
  gumDepth: number;
  /** How far below the margin the scan ends here. */
  reach: number;
}

export interface Section {
  lingualGum: SectionPoint[];
  crown: SectionPoint[];
  buccalGum: SectionPoint[];
}

const STEPS = 72;
/** A stump takes this part of the tooth's width; the rest is the gap to the neighbour. */
const STUMP_WIDTH = 0.82;

/** The cross-section of a jaw at one place of the arch: lingual gum, crown (or stump, or bare ridge), buccal gum. */
export function sectionAt(site: SectionSite): Section {
  const crown = crownOf(site);
  const first = crown[0] as SectionPoint;
  const last = crown.at(-1) as SectionPoint;
  const { gumBreadth, gumDepth, reach, isUpper } = site;
  const outer = gumBreadth / 2 + 0.55;
  const lingualFoot = { buccal: -outer - (isUpper ? 5.2 : 1.2), depth: gumDepth + reach, enamel: 0 };
  const buccalFoot = { buccal: outer + 0.5, depth: gumDepth + reach + 0.6, enamel: 0 };
  return {
    lingualGum: bend(
      lingualFoot,
      { buccal: -outer - 0.4, depth: gumDepth + 0.9, enamel: 0 },
      { ...first, enamel: 0 },
      true,
    ),
    crown,
    buccalGum: bend(
      { ...last, enamel: 0 },
      { buccal: outer + 0.5, depth: gumDepth + 0.6, enamel: 0 },
      buccalFoot,
      false,
    ),
  };
}

/** A cubic curve that leaves one end towards `via` and runs straight into the foot, so that scallops stay near the teeth. */
function bend(from: SectionPoint, via: SectionPoint, to: SectionPoint, isFootFirst: boolean): SectionPoint[] {
  const foot = isFootFirst ? from : to;
  const beside = { buccal: mix(via.buccal, foot.buccal, 0.4), depth: mix(via.depth, foot.depth, 0.4) };
  const [p1, p2] = isFootFirst ? [beside, via] : [via, beside];
  return Array.from({ length: 25 }, (_, index) => {
    const t = index / 24;
    const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
    return {
      buccal: a * from.buccal + b * p1.buccal + c * p2.buccal + d * to.buccal,
      depth: a * from.depth + b * p1.depth + c * p2.depth + d * to.depth,
      enamel: 0,
    };
  });
}

function crownOf(site: SectionSite): SectionPoint[] {
  if (site.state === "missing") return sweep((c, s) => ridgePoint(site, c, s));
  if (site.state === "prepared") return sweep((c, s) => stumpPoint(site, c, s));
  const isFront = site.shape.kind === "incisor" || site.shape.kind === "canine";
  return sweep((c, s) => (isFront ? frontPoint(site, c, s) : molarPoint(site, c, s)));
}

/** Walks over the crown from lingual (c = -1) to buccal (c = 1); s is 0 at the margins and 1 on top. */
function sweep(point: (c: number, s: number) => SectionPoint): SectionPoint[] {
  return Array.from({ length: STEPS + 1 }, (_, index) => {
    const angle = (index / STEPS) * Math.PI;
    return point(-Math.cos(angle), Math.sin(angle));
  });
}

/** Half-breadth of the tooth at this place along it: full in the middle, a narrow contact at the ends. */
function halfBreadth({ shape, mesial }: SectionSite): number {
  const power = shape.kind === "molar" ? 3.4 : 2.6;
  const outline = (1 - Math.min(1, Math.abs(mesial)) ** power) ** (1 / power);
  return (shape.breadth / 2) * Math.max(0.26, outline);
}

/** Depth of the gum's margin: scalloped, with the papilla rising between the teeth. */
function marginDepth({ shape, mesial, gumDepth }: SectionSite): number {
  return gumDepth - 0.34 * shape.height * Math.abs(mesial) ** 3;
}

/** Depth of the ridge line towards the contact with the neighbour. */
function topDepth({ shape, mesial }: SectionSite): number {
  const edge = Math.max(0, (Math.abs(mesial) - 0.8) / 0.2);
  return 0.52 * shape.height * edge ** 2.4;
}

function molarPoint(site: SectionSite, c: number, s: number): SectionPoint {
  const half = halfBreadth(site);
  const rise = s ** 0.5;
  const buccal = Math.sign(c) * Math.abs(c) ** 0.72;
  const bulge = 0.9 + 0.12 * Math.sin(Math.PI * Math.min(1, rise * 1.15)) - 0.06 * rise;
  const top = topDepth(site) + occlusalDepth(site.shape.kind, site.isUpper, site.mesial, buccal);
  const margin = marginDepth(site);
  return { buccal: half * buccal * bulge, depth: mix(margin, Math.min(top, margin - 0.4), rise), enamel: 1 };
}

function frontPoint(site: SectionSite, c: number, s: number): SectionPoint {
  const half = halfBreadth(site);
  const rise = s ** 0.72;
  const edgeAt = 0.34 * half;
  const labial = edgeAt + (half * 0.92 - edgeAt) * Math.max(0, c) ** 0.85;
  const lingual = edgeAt - (half * 0.92 + edgeAt) * Math.max(0, -c) ** 1.3;
  const top = topDepth(site) + occlusalDepth(site.shape.kind, site.isUpper, site.mesial, 0);
  const margin = marginDepth(site);
  return {
    buccal: (c >= 0 ? labial : lingual) + 0.7 * rise,
    depth: mix(margin, Math.min(top, margin - 0.4), rise),
    enamel: 1,
  };
}

/** A shoulder preparation: a ledge at the margin, then a tapered stump about two millimetres shorter than the tooth. */
function stumpPoint(site: SectionSite, c: number, s: number): SectionPoint {
  const margin = marginDepth(site);
  const half = halfBreadth(site) * 0.9;
  const along = Math.abs(site.mesial) / STUMP_WIDTH;
  if (along >= 0.995) return { buccal: half * c, depth: margin - 0.25 * s, enamel: 0.15 };
  const inner = Math.max(0.3, (site.shape.breadth / 2) * 0.72 * (1 - along ** 3) ** (1 / 3));
  const ledge = 0.84;
  if (Math.abs(c) > ledge) {
    const t = (1 - Math.abs(c)) / (1 - ledge);
    return {
      buccal: Math.sign(c) * mix(Math.max(half, inner + 0.2), inner, t),
      depth: margin - 0.35 * Math.min(1, 4 * t),
      enamel: Math.min(1, 2 * t),
    };
  }
  const inward = c / ledge;
  const rise = Math.sqrt(1 - inward ** 2) ** 0.42;
  const relief = 0.35 * occlusalDepth(site.shape.kind, site.isUpper, site.mesial, inward);
  const top = Math.min(margin - 1.2, 1.9 + relief + 1.2 * along ** 6);
  const taper = 1 - 0.14 * rise;
  return {
    buccal: Math.sign(inward) * Math.abs(inward) ** 0.7 * inner * taper,
    depth: mix(margin - 0.35, top, rise),
    enamel: 1,
  };
}

/** Healed gum where a tooth is missing, and behind the last molar. */
function ridgePoint(site: SectionSite, c: number, s: number): SectionPoint {
  const { gumBreadth, gumDepth, mesial } = site;
  return {
    buccal: (gumBreadth / 2) * 0.8 * c,
    depth: gumDepth + 0.5 - 0.9 * s ** 0.8 - 0.5 * Math.abs(mesial) ** 2,
    enamel: 0,
  };
}

function mix(from: number, to: number, t: number): number {
  return from + (to - from) * t;
}
