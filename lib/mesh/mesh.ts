/** The formats that scanners and CAD programs hand over, and that a technician may download. */
export type MeshFormat = "obj" | "stl" | "ply";

/**
 * A triangle mesh in memory, independent of any file format.
 *
 * - `positions`: x y z per vertex, mm. 32-bit floats unless the mesh lies so far from the origin that they would
 *   cost more than a hundredth of a micrometre; then 64-bit.
 * - `indices`: three per triangle, each below the number of vertices.
 * - `colours`: r g b a per vertex, 0-255, or null.
 */
export interface Mesh {
  positions: Float32Array | Float64Array;
  indices: Uint32Array;
  colours: Uint8Array | null;
}

/** Axis-aligned box, mm. */
export interface Bounds {
  min: [number, number, number];
  max: [number, number, number];
}

/** What a parser met on the way: things it left out, so that nothing is dropped silently. */
export interface ParsedMesh {
  mesh: Mesh;
  /** Triangles left out because a corner is not a finite number (or over a kilometre away); faces with under three corners. */
  dropped: { notFinite: number; tooFewCorners: number };
  /** Sentences for the log about tolerated faults, such as a wrong triangle count in the header. */
  notes: string[];
}

export type MeshErrorCode =
  /** The bytes are none of the formats we read. */
  | "not_a_mesh"
  /** The file ends before what it announces. */
  | "truncated"
  /** A line or record that the format does not allow. */
  | "malformed"
  /** A face names a vertex that does not exist. */
  | "index_out_of_range"
  /** Readable, but without a single triangle. */
  | "no_triangles"
  /** More than this program reads in one piece. */
  | "too_large";

/** Where in the file: a line (from 1) of a text format, a byte (from 0) of a binary one. */
export type MeshErrorPlace = { line: number } | { byte: number } | null;

/** A mesh that cannot be read, in plain words and with the place where reading stopped. */
export class MeshError extends Error {
  readonly code: MeshErrorCode;
  readonly where: MeshErrorPlace;

  constructor(code: MeshErrorCode, message: string, where: MeshErrorPlace = null) {
    super(message);
    this.name = "MeshError";
    this.code = code;
    this.where = where;
  }
}

/** Coordinates below this (mm) keep an error under 0.01 µm as 32-bit floats. */
const FLOAT32_REACH_MM = 256;

/** The positions as 32-bit floats where that is exact enough for a scan, else unchanged. */
export function narrowPositions(positions: Float64Array): Float32Array | Float64Array {
  for (let i = 0; i < positions.length; i++) {
    if (Math.abs(positions[i]!) >= FLOAT32_REACH_MM) return positions;
  }
  return new Float32Array(positions);
}
