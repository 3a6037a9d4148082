import { measureBounds } from "./measure-bounds.ts";
import { type Bounds, type Mesh, MeshError, type MeshFormat, type ParsedMesh } from "./mesh.ts";
import { type LineSet, parseLines } from "./parse-lines.ts";
import { parseMesh } from "./parse-mesh.ts";
import { reorderMesh } from "./reorder-mesh.ts";
import { simplifyMesh } from "./simplify.ts";
import { weldMesh } from "./weld.ts";
import { type WrittenPreview, writeLinePreview, writePreview } from "./write-preview.ts";

/** What is known of a scan after it was read: shown to people and stored beside the previews. */
export interface MeshFacts {
  format: MeshFormat;
  /** As in the previews: after joining vertices and leaving out what is listed in `dropped`. */
  vertices: number;
  /** 0: the file is of lines, such as a margin line. */
  triangles: number;
  /** mm */
  bounds: Bounds;
  hasColour: boolean;
  dropped: {
    /** Triangles with a corner that is not a finite number. */
    notFinite: number;
    /** Faces with fewer than three corners. */
    tooFewCorners: number;
    /** Triangles with two corners in one place. */
    degenerate: number;
    /** Vertices exactly on another one. */
    joinedVertices: number;
    /** Vertices without a triangle. */
    unusedVertices: number;
  };
  /** Measured: how far a vertex of the full preview lies from the original at most, µm. */
  maxErrorUm: number;
  notes: string[];
}

export interface Preview {
  /** A GLB (layout: preview-layout.ts), not yet gzipped. */
  glb: Uint8Array;
  triangles: number;
  /** µm; for `low` the measured error of its vertices plus the simplifier's bound. */
  maxErrorUm: number;
}

export interface ConvertedMesh {
  facts: MeshFacts;
  /** The first picture: about 20,000 triangles. For a small mesh the same object as `full`. */
  low: Preview;
  full: Preview;
}

const LOW_TRIANGLES = 20_000;

/** Below this the full preview is as fast as a low one. */
const SMALL_TRIANGLES = 40_000;

/** Steps that a caller may do in its own way. */
export interface ConversionSteps {
  /** Makes the low preview of a large mesh, perhaps in another thread while the full one is made in this. */
  makeLow?: (mesh: Mesh) => Promise<Preview>;
  /** Called with the full preview while the low one may still be in the making, so that saving it costs no time. */
  onFull?: (full: Preview) => void;
}

/**
 * From a scanner's file to the two previews the browser loads.
 * @param bytes the whole file
 * @param hint the format that the file's name promises, if any; the content decides
 * @throws MeshError
 */
export async function convertMesh(
  bytes: Uint8Array,
  hint: MeshFormat | null = null,
  { makeLow = makeLowPreview, onFull }: ConversionSteps = {},
): Promise<ConvertedMesh> {
  const parsed = parseSurfaceOrLines(bytes, hint);
  if ("segments" in parsed) return convertLines(parsed);
  const welded = weldMesh(parsed.mesh);
  const triangles = welded.mesh.indices.length / 3;
  if (triangles === 0) {
    throw new MeshError("no_triangles", "Every triangle of the file has two corners in one place.");
  }
  const lowInTheMaking = triangles < SMALL_TRIANGLES ? null : makeLow(welded.mesh);
  // A failure is thrown where it is awaited below, not in the middle of the work.
  lowInTheMaking?.catch(() => {});
  const mesh = await reorderMesh(welded.mesh);
  const full = toPreview(await writePreview(mesh, "full"), 0);
  onFull?.(full);
  return {
    facts: {
      format: parsed.format,
      vertices: mesh.positions.length / 3,
      triangles,
      bounds: measureBounds(mesh.positions),
      hasColour: mesh.colours !== null,
      dropped: {
        ...parsed.dropped,
        degenerate: welded.degenerate,
        joinedVertices: welded.joined,
        unusedVertices: welded.unused,
      },
      maxErrorUm: full.maxErrorUm,
      notes: parsed.notes,
    },
    low: (await lowInTheMaking) ?? full,
    full,
  };
}

/** A file without a triangle may still be a line: a margin line is converted to an OBJ of lines. @throws MeshError */
function parseSurfaceOrLines(
  bytes: Uint8Array,
  hint: MeshFormat | null,
): (ParsedMesh & { format: MeshFormat }) | LineSet {
  try {
    return parseMesh(bytes, hint);
  } catch (error) {
    const mayBeLines = error instanceof MeshError && (error.code === "no_triangles" || error.code === "not_a_mesh");
    const lines = mayBeLines ? parseLines(bytes) : null;
    if (lines) return lines;
    throw error;
  }
}

/** Lines are few: one preview is both pictures. */
async function convertLines(lines: LineSet): Promise<ConvertedMesh> {
  const full = toPreview(await writeLinePreview(lines), 0);
  const facts: MeshFacts = {
    format: "obj",
    vertices: lines.positions.length / 3,
    triangles: 0,
    bounds: measureBounds(lines.positions),
    hasColour: false,
    dropped: { notFinite: 0, tooFewCorners: 0, degenerate: 0, joinedVertices: 0, unusedVertices: 0 },
    maxErrorUm: full.maxErrorUm,
    notes: ["The file is of lines."],
  };
  return { facts, low: full, full };
}

/** About 20,000 triangles at 12 bits. @param mesh welded */
export async function makeLowPreview(mesh: Mesh): Promise<Preview> {
  const simplified = await simplifyMesh(mesh, LOW_TRIANGLES);
  return toPreview(await writePreview(await reorderMesh(simplified.mesh), "low"), simplified.errorUm);
}

function toPreview(written: WrittenPreview, simplificationUm: number): Preview {
  return {
    glb: written.glb,
    triangles: written.triangles,
    maxErrorUm: written.maxErrorUm + simplificationUm,
  };
}
