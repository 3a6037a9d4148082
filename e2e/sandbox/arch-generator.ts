import { type Mesh, vertexNormals } from "./mesh.ts";
import { Random } from "./random.ts";
import { type SectionPoint, type SectionSite, sectionAt } from "./tooth-section.ts";
import { LOWER, type ToothShape, UPPER } from "./tooth-shapes.ts";

/**
 * Believable dental arches, the same for the same anatomy. A jaw is one open sheet, swept along the arch: lingual gum,
 * crowns, buccal gum. Frame (millimetres): x to the patient's left, y to the back, z up; both jaws lie in occlusion
 * around the plane z = 0, so the upper teeth point to -z and the lower ones to +z.
 */
export interface ArchOrder {
  jaw: "upper" | "lower" | "bite-left" | "bite-right";
  anatomy: number;
  /** FDI numbers of teeth ground to a stump, and of teeth that are gone. */
  prepared: number[];
  missing: number[];
  /** About how many triangles; a bite scan has as many as a jaw. */
  triangles: number;
  coloured: boolean;
  /** Scanned a second time: the same teeth, lying elsewhere in the scanner's axes, with the scanner's noise of that day. */
  again?: boolean;
}

/** Jaws overlap by twice this much, so that cusps rest in the fossae of the other jaw. */
const BITE_MM = 0.8;
const RETROMOLAR_MM = 5;

export function makeArch(order: ArchOrder): Mesh {
  const { jaw, anatomy, triangles } = order;
  if (jaw === "upper" || jaw === "lower") {
    const across = Math.max(12, Math.round(Math.sqrt(triangles / 7)));
    const model = jawModel(jaw === "upper", anatomy);
    const mesh = sheet(order, model, across, { from: -Infinity, to: Infinity, isBite: false });
    return order.again ? scannedElsewhere(mesh) : mesh;
  }
  const across = Math.max(12, Math.round(Math.sqrt(triangles / 6)));
  const [from, to] = jaw === "bite-left" ? [18, 44] : [-44, -18];
  const both = [true, false].map((isUpper) =>
    sheet(order, jawModel(isUpper, anatomy), across, { from, to, isBite: true }),
  );
  return joined(both as [Mesh, Mesh]);
}

/** Turned by 9° about one axis and 6° about another, and moved by some millimetres. */
function scannedElsewhere({ positions, indices, ...rest }: Mesh): Mesh {
  const [a, b] = [(9 * Math.PI) / 180, (6 * Math.PI) / 180];
  const moved = new Float32Array(positions.length);
  for (let i = 0; i < positions.length; i += 3) {
    const [x = 0, y = 0, z = 0] = positions.subarray(i, i + 3);
    const [x1, y1] = [x * Math.cos(a) - y * Math.sin(a), x * Math.sin(a) + y * Math.cos(a)];
    const [y2, z2] = [y1 * Math.cos(b) - z * Math.sin(b), y1 * Math.sin(b) + z * Math.cos(b)];
    moved.set([x1 + 4, y2 - 2.5, z2 + 1.5], i);
  }
  return { ...rest, positions: moved, normals: vertexNormals(moved, indices), indices };
}

/** The margin of a prepared tooth as the scan of the same order has it: a closed ring, x y z in mm. */
export function makeMargin(order: Omit<ArchOrder, "jaw" | "triangles" | "coloured">, fdi: number): number[][] {
  const isUpper = fdi < 30;
  const model = jawModel(isUpper, order.anatomy);
  const tooth = model.teeth.find((one) => one.fdi === fdi);
  if (!tooth) throw new Error(`No tooth ${fdi} to draw a margin around.`);
  const whole: ArchOrder = { ...order, jaw: isUpper ? "upper" : "lower", triangles: 0, coloured: false };
  const half = (tooth.shape.width / 2) * 0.8;
  const side = (pick: (line: SectionPoint[]) => SectionPoint, places: number[]) =>
    places.map((share) => {
      const along = tooth.middle + share * half;
      const { site, turn, shift } = siteAt(whole, model, along);
      const point = pick(sectionAt(site).crown);
      const settled = 1 - Math.abs(site.mesial) ** 2;
      const { x, y, outX, outY } = model.arch(along);
      const out = point.buccal + shift * settled;
      const slide = turn * point.buccal * settled;
      const z = (point.depth - BITE_MM) * (isUpper ? 1 : -1);
      return [x + outX * out - outY * slide, y + outY * out + outX * slide, z];
    });
  const places = Array.from({ length: 41 }, (_, i) => i / 20 - 1);
  return [
    ...side((crown) => crown.at(-1) as SectionPoint, places),
    ...side((crown) => crown[0] as SectionPoint, places.toReversed()),
  ];
}

interface JawModel {
  isUpper: boolean;
  /** Teeth from the patient's right to left, with the place of their middle along the arch. */
  teeth: { fdi: number; shape: ToothShape; middle: number; turn: number; shift: number }[];
  halfLength: number;
  arch: (along: number) => { x: number; y: number; outX: number; outY: number };
}

function jawModel(isUpper: boolean, anatomy: number): JawModel {
  const random = new Random(anatomy);
  const size = 0.96 + 0.08 * random.next();
  const [width, depth] = [27.6 * size + 1.6 * (random.next() - 0.5), 49 * size + 3 * (random.next() - 0.5)];
  const jitter = new Random(anatomy + (isUpper ? 1 : 2));
  const shapes = (isUpper ? UPPER : LOWER).map((shape) => ({
    ...shape,
    width: shape.width * size,
    breadth: shape.breadth * size,
    height: shape.height * (0.95 + 0.1 * jitter.next()),
  }));
  const teeth: JawModel["teeth"] = [];
  for (const side of [-1, 1]) {
    let edge = 0;
    shapes.forEach((shape, index) => {
      const quadrant = isUpper ? (side < 0 ? 1 : 2) : side < 0 ? 4 : 3;
      const crowding = shape.kind === "incisor" ? 1 : 0.5;
      teeth.push({
        fdi: quadrant * 10 + index + 1,
        shape,
        middle: side * (edge + shape.width / 2),
        turn: 0.12 * crowding * (jitter.next() - 0.5),
        shift: 0.7 * crowding * (jitter.next() - 0.5),
      });
      edge += shape.width;
    });
  }
  teeth.sort((a, b) => a.middle - b.middle);
  const inset = isUpper ? 0 : 2.4;
  const halfLength = shapes.reduce((sum, shape) => sum + shape.width, 0) + RETROMOLAR_MM;
  return { isUpper, teeth, halfLength, arch: ellipseByLength(width - inset, depth - inset, inset, halfLength) };
}

/** The arch line as half an ellipse, found by its length from the midline; outward is towards the cheek. */
function ellipseByLength(width: number, depth: number, inset: number, halfLength: number): JawModel["arch"] {
  const angles: number[] = [0];
  const lengths: number[] = [0];
  for (let angle = 0; (lengths.at(-1) ?? 0) < halfLength + 2; angle += 0.004) {
    lengths.push(
      (lengths.at(-1) ?? 0) + 0.004 * Math.hypot(width * Math.cos(angle + 0.002), depth * Math.sin(angle + 0.002)),
    );
    angles.push(angle + 0.004);
  }
  return (along) => {
    const target = Math.abs(along);
    let low = 0;
    let high = lengths.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((lengths[middle] ?? 0) < target) low = middle;
      else high = middle;
    }
    const span = (lengths[high] ?? 0) - (lengths[low] ?? 0) || 1;
    const t = (target - (lengths[low] ?? 0)) / span;
    const angle = (angles[low] ?? 0) + t * ((angles[high] ?? 0) - (angles[low] ?? 0));
    const side = along < 0 ? -1 : 1;
    const [outX, outY] = [Math.sin(angle) / width, -Math.cos(angle) / depth];
    const length = Math.hypot(outX, outY);
    return {
      x: side * width * Math.sin(angle),
      y: inset + depth * (1 - Math.cos(angle)),
      outX: (side * outX) / length,
      outY: outY / length,
    };
  };
}

/** Places along the arch, closer together where teeth touch, with one exactly on each contact. */
function columnsOf({ teeth, halfLength }: JawModel, step: number): number[] {
  const columns: number[] = [];
  const first = teeth[0] as JawModel["teeth"][number];
  const start = first.middle - first.shape.width / 2;
  const behind = Math.max(2, Math.round(RETROMOLAR_MM / step));
  for (let i = 0; i < behind; i++) columns.push(-halfLength + ((start + halfLength) * i) / behind);
  for (const { middle, shape } of teeth) {
    const count = Math.max(5, Math.round(shape.width / step));
    for (let i = 0; i < count; i++) {
      const t = (2 * i) / count - 1;
      const eased = 0.62 * t + 0.38 * Math.sin((t * Math.PI) / 2);
      columns.push(middle + (eased * shape.width) / 2);
    }
  }
  for (let i = 0; i <= behind; i++) columns.push(-start + ((halfLength + start) * i) / behind);
  return columns;
}

interface Cut {
  from: number;
  to: number;
  isBite: boolean;
}

function sheet(order: ArchOrder, model: JawModel, across: number, cut: Cut): Mesh {
  const ratio = cut.isBite ? 1.5 : 3.5;
  const span = cut.isBite ? cut.to - cut.from : 2 * model.halfLength;
  const columns = columnsOf(model, span / (ratio * across)).filter((along) => along >= cut.from && along <= cut.to);
  const shares = cut.isBite ? [0, Math.round(across * 0.55), across - Math.round(across * 0.55)] : gumShares(across);
  const rows = shares.reduce((sum, share) => sum + share, 0) + 1;
  const positions = new Float32Array(columns.length * rows * 3);
  const colours = new Uint8Array(columns.length * rows * 3);
  const grain = new Random(order.anatomy + (model.isUpper ? 11 : 12) + (cut.isBite ? 7 : 0) + (order.again ? 23 : 0));
  columns.forEach((along, column) => {
    const { site, turn, shift, shade } = siteAt(order, model, along);
    const points = cutSection(site, shares, cut.isBite);
    const at = model.arch(along);
    points.forEach((point, row) => {
      const base = (column * rows + row) * 3;
      const settled = 1 - Math.abs(site.mesial) ** 2;
      const out = point.buccal + shift * settled;
      const slide = turn * point.buccal * settled;
      const ripple = point.enamel > 0.5 ? 0 : 0.12 * Math.sin(along * 1.7 + row) * Math.sin(row * 0.9);
      const z = (point.depth - BITE_MM) * (model.isUpper ? 1 : -1);
      positions[base] = at.x + at.outX * (out + ripple) - at.outY * slide + 0.01 * (grain.next() - 0.5);
      positions[base + 1] = at.y + at.outY * (out + ripple) + at.outX * slide + 0.01 * (grain.next() - 0.5);
      positions[base + 2] = z + 0.01 * (grain.next() - 0.5);
      colours.set(colourOf(point, shade, site, grain), base);
    });
  });
  const indices = gridIndices(columns.length, rows, !model.isUpper);
  const mesh = { positions, normals: vertexNormals(positions, indices), indices };
  return order.coloured ? { ...mesh, colours } : mesh;
}

function gumShares(across: number): [number, number, number] {
  const gum = Math.max(3, Math.round(across * 0.22));
  return [gum, across - 2 * gum, gum];
}

function siteAt(
  order: ArchOrder,
  model: JawModel,
  along: number,
): { site: SectionSite; turn: number; shift: number; shade: number } {
  const { teeth, isUpper } = model;
  const index = teeth.findIndex(({ middle, shape }) => along < middle + shape.width / 2 - 1e-6);
  const tooth = teeth[index < 0 ? teeth.length - 1 : index] as JawModel["teeth"][number];
  const local = (along - tooth.middle) / (tooth.shape.width / 2);
  const isBehind = Math.abs(local) > 1 + 1e-6;
  const state =
    isBehind || order.missing.includes(tooth.fdi)
      ? "missing"
      : order.prepared.includes(tooth.fdi)
        ? "prepared"
        : "sound";
  const beyond = isBehind ? (Math.abs(local) - 1) * (tooth.shape.width / 2) : 0;
  const site: SectionSite = {
    shape: tooth.shape,
    state,
    isUpper,
    mesial: isBehind ? 0.5 : Math.max(-1, Math.min(1, along < 0 ? local : -local)),
    gumBreadth: between(teeth, along, (shape) => shape.breadth) * (1 - 0.07 * beyond),
    gumDepth: between(teeth, along, (shape) => shape.height) + 0.35 * beyond,
    reach: 4.6 + 0.7 * Math.sin(along * 0.33 + order.anatomy) + 0.4 * Math.sin(along * 0.9),
  };
  return { site, turn: tooth.turn, shift: tooth.shift, shade: (tooth.fdi * 37) % 11 };
}

/** A measure of the teeth, running smoothly from the middle of one to the middle of the next. */
function between(teeth: JawModel["teeth"], along: number, measure: (shape: ToothShape) => number): number {
  const next = teeth.findIndex(({ middle }) => middle > along);
  const after = teeth[next < 0 ? teeth.length - 1 : next] as JawModel["teeth"][number];
  const before = teeth[next <= 0 ? (next < 0 ? teeth.length - 1 : 0) : next - 1] as JawModel["teeth"][number];
  if (after === before) return measure(after.shape);
  const t = (along - before.middle) / (after.middle - before.middle);
  const eased = t * t * (3 - 2 * t);
  return measure(before.shape) * (1 - eased) + measure(after.shape) * eased;
}

/** A section with a fixed number of points per part, so that the gum line is one row of the sheet. */
function cutSection(site: SectionSite, shares: number[], isBite: boolean): SectionPoint[] {
  const { lingualGum, crown, buccalGum } = sectionAt(site);
  const [lingual = 0, middle = 0, buccal = 0] = shares;
  const part = isBite ? crown.slice(Math.floor(crown.length * 0.5)) : crown;
  return [
    ...spread(lingualGum, lingual),
    ...spread(part, middle),
    ...spread(buccalGum, buccal),
    buccalGum.at(-1) as SectionPoint,
  ];
}

/** `count` points at even distances along a line, its first included and its last not. */
function spread(line: SectionPoint[], count: number): SectionPoint[] {
  const lengths = [0];
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1] as SectionPoint, line[i] as SectionPoint];
    lengths.push((lengths[i - 1] ?? 0) + Math.hypot(b.buccal - a.buccal, b.depth - a.depth) + 1e-4);
  }
  const total = lengths.at(-1) ?? 0;
  let segment = 1;
  return Array.from({ length: count }, (_, index) => {
    const target = (total * index) / count;
    while (segment < line.length - 1 && (lengths[segment] ?? 0) < target) segment++;
    const [a, b] = [line[segment - 1] as SectionPoint, line[segment] as SectionPoint];
    const t = (target - (lengths[segment - 1] ?? 0)) / ((lengths[segment] ?? 0) - (lengths[segment - 1] ?? 0));
    return {
      buccal: a.buccal + t * (b.buccal - a.buccal),
      depth: a.depth + t * (b.depth - a.depth),
      enamel: a.enamel + t * (b.enamel - a.enamel),
    };
  });
}

function colourOf(point: SectionPoint, shade: number, site: SectionSite, grain: Random): [number, number, number] {
  const speck = 5 * (grain.next() - 0.5);
  const height = Math.max(0, Math.min(1, point.depth / site.gumDepth));
  const stump = site.state === "prepared" ? 16 : 0;
  const tooth = [238 - shade - 14 * height, 226 - 1.4 * shade - 26 * height, 198 - 2 * shade - 44 * height - stump];
  const gum = [208 - 16 * height, 124 - 12 * height, 124 - 6 * height];
  const mixed = tooth.map((value, k) => Math.round(value * point.enamel + (gum[k] ?? 0) * (1 - point.enamel) + speck));
  return mixed.map((value) => Math.max(0, Math.min(255, value))) as [number, number, number];
}

/** Two triangles per cell, the shorter diagonal alternating so that no direction is preferred. */
function gridIndices(columns: number, rows: number, isFlipped: boolean): Uint32Array {
  const indices = new Uint32Array((columns - 1) * (rows - 1) * 6);
  let at = 0;
  for (let column = 0; column < columns - 1; column++) {
    for (let row = 0; row < rows - 1; row++) {
      const [a, b] = [column * rows + row, (column + 1) * rows + row];
      const cell = (column + row) % 2 === 0 ? [a, b, a + 1, a + 1, b, b + 1] : [a, b, b + 1, a, b + 1, a + 1];
      if (isFlipped) cell.reverse();
      indices.set(cell, at);
      at += 6;
    }
  }
  return indices;
}

function joined([first, second]: [Mesh, Mesh]): Mesh {
  const offset = first.positions.length / 3;
  const mesh: Mesh = {
    positions: joinedArray(Float32Array, first.positions, second.positions),
    normals: joinedArray(Float32Array, first.normals, second.normals),
    indices: joinedArray(
      Uint32Array,
      first.indices,
      second.indices.map((index) => index + offset),
    ),
  };
  if (first.colours !== undefined && second.colours !== undefined) {
    mesh.colours = joinedArray(Uint8Array, first.colours, second.colours);
  }
  return mesh;
}

function joinedArray<T extends Float32Array | Uint32Array | Uint8Array>(
  Kind: new (length: number) => T,
  first: T,
  second: T,
): T {
  const both = new Kind(first.length + second.length);
  both.set(first, 0);
  both.set(second, first.length);
  return both;
}
