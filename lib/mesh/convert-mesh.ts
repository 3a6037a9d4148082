import { measureBounds } from "./measure-bounds.ts";
import { type Bounds, MeshError, type MeshFormat } from "./mesh.ts";
import { parseMesh } from "./parse-mesh.ts";
import { reorderMesh } from "./reorder-mesh.ts";
import { simplifyMesh } from "./simplify.ts";
import { weldMesh } from "./weld.ts";
import { type WrittenPreview, writePreview } from "./write-preview.ts";

/** What is known of a scan after it was read: shown to people and stored beside the previews. */
export interface MeshFacts {
  format: MeshFormat;
  /** As in the previews: after joining vertices and leaving out what is listed in `dropped`. */
  vertices: number;
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

/**
 * From a scanner's file to the two previews the browser loads.
 * @param bytes the whole file
 * @param hint the format that the file's name promises, if any; the content decides
 * @param onFull called with the full preview while the low one is still to be made, so that saving it costs no time
 * @throws MeshError
 */
export async function convertMesh(
  bytes: Uint8Array,
  hint: MeshFormat | null = null,
  onFull: (full: Preview) => void = () => {},
): Promise<ConvertedMesh> {
  const parsed = parseMesh(bytes, hint);
  const welded = weldMesh(parsed.mesh);
  if (welded.mesh.indices.length === 0) {
    throw new MeshError("no_triangles", "Every triangle of the file has two corners in one place.");
  }
  const mesh = await reorderMesh(welded.mesh);
  const full = toPreview(await writePreview(mesh, "full"), 0);
  onFull(full);
  const low = full.triangles < SMALL_TRIANGLES ? full : await makeLowPreview(mesh);
  return {
    facts: {
      format: parsed.format,
      vertices: mesh.positions.length / 3,
      triangles: full.triangles,
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
    low,
    full,
  };
}

async function makeLowPreview(mesh: Parameters<typeof simplifyMesh>[0]): Promise<Preview> {
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
