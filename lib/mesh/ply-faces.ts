import { GrowingIndices } from "./growing-arrays.ts";
import { MeanColours } from "./mean-colours.ts";
import type { PlyElement, PlyProperty, PlyScalar } from "./parse-ply-header.ts";
import type { PlyBody } from "./ply-body.ts";
import { PlyColours } from "./ply-colours.ts";
import { PolygonsToCut } from "./polygons-to-cut.ts";

const FACE_LISTS = new Set(["vertex_indices", "vertex_index"]);

/** What stands for -1 in a list of numbers without a sign. */
const ALL_ONES: Partial<Record<PlyScalar, number>> = { uint8: 0xff, uint16: 0xffff, uint32: 0xffffffff };

/** The triangles of a PLY, from its faces and its strips. */
export class PlyFaces {
  readonly indices: GrowingIndices;
  tooFewCorners = 0;
  private colours: PlyColours | null = null;
  /** Where the triangles of each coloured face end among the indices. */
  private ends = new Uint32Array();
  private readonly body: PlyBody;
  private readonly vertexCount: number;
  private readonly polygons = new PolygonsToCut();

  constructor(body: PlyBody, vertexCount: number, capacity: number) {
    this.body = body;
    this.vertexCount = vertexCount;
    this.indices = new GrowingIndices(capacity);
  }

  /** Faces: lists of corners of any length. */
  readFaces(element: PlyElement): void {
    const list = this.findList(element);
    this.colours = PlyColours.of(element);
    if (this.colours) this.ends = new Uint32Array(element.count);
    const row = new Float64Array(element.properties.length);
    for (let face = 0; face < element.count; face++) {
      for (let slot = 0; slot < element.properties.length; slot++) {
        const property = element.properties[slot]!;
        if (property === list) this.readFace(property);
        else if (this.colours && !property.lengthType) row[slot] = this.body.readValue(property.type);
        else this.body.skipProperty(property);
      }
      this.colours?.note(face, row);
      if (this.colours) this.ends[face] = this.indices.length;
    }
  }

  /** Strips: each corner makes a triangle with the two before it, turned every other time; -1 begins a new strip. */
  readStrips(element: PlyElement): void {
    const list = this.findList(element);
    for (let item = 0; item < element.count; item++) {
      for (const property of element.properties) {
        if (property === list) this.readStrip(property);
        else this.body.skipProperty(property);
      }
    }
  }

  /** To be called when all vertices are known: cuts the faces with more than three corners. */
  cut(positions: ArrayLike<number>): Uint32Array {
    const indices = this.indices.view();
    this.polygons.cut(positions, indices);
    return indices;
  }

  /** For vertices without colours of their own: those of the faces around them. Null when faces have none either. */
  cornerColours(): Uint8Array | null {
    if (!this.colours) return null;
    const faces = this.colours.bytes();
    const corners = new MeanColours(this.vertexCount);
    const indices = this.indices.view();
    let at = 0;
    for (const [face, end] of this.ends.entries()) for (; at < end; at++) corners.add(indices[at]!, faces, face * 4);
    return corners.means();
  }

  private readFace(property: PlyProperty): void {
    const count = this.body.readLength(property);
    let first = 0;
    let previous = 0;
    for (let corner = 0; corner < count; corner++) {
      const vertex = this.body.readValue(property.type);
      if (!this.isVertex(vertex)) throw this.noSuchVertex(vertex);
      if (corner === 0) first = vertex;
      else if (corner > 1) this.indices.push3(first, previous, vertex);
      previous = vertex;
    }
    if (count < 3) this.tooFewCorners++;
    this.polygons.note(this.indices, count);
  }

  private readStrip(property: PlyProperty): void {
    const count = this.body.readLength(property);
    const restart = ALL_ONES[property.type] ?? -1;
    let [before, previous] = [0, 0];
    let corners = 0;
    for (let corner = 0; corner < count; corner++) {
      const vertex = this.body.readValue(property.type);
      if (vertex === restart || vertex === -1) {
        corners = 0;
        continue;
      }
      if (!this.isVertex(vertex)) throw this.noSuchVertex(vertex);
      corners++;
      // A corner named twice turns a strip round or joins it with the next one: the triangle between is none.
      const isTriangle = corners > 2 && before !== previous && previous !== vertex && before !== vertex;
      if (isTriangle && corners % 2 === 1) this.indices.push3(before, previous, vertex);
      else if (isTriangle) this.indices.push3(previous, before, vertex);
      before = previous;
      previous = vertex;
    }
  }

  /** By its name, or the only list of whole numbers. */
  private findList({ properties }: PlyElement): PlyProperty {
    const lists = properties.filter(({ type, lengthType }) => lengthType && !type.startsWith("float"));
    const list = lists.find(({ name }) => FACE_LISTS.has(name)) ?? (lists.length === 1 ? lists[0] : undefined);
    if (!list) throw this.body.error("malformed", "The PLY's faces need a list of vertex indices.");
    return list;
  }

  private isVertex(vertex: number): boolean {
    return vertex >= 0 && vertex < this.vertexCount && Number.isInteger(vertex);
  }

  private noSuchVertex(vertex: number) {
    return this.body.error("index_out_of_range", `A face names vertex ${vertex}; the file has ${this.vertexCount}.`);
  }
}
