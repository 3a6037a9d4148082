import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BufferAttribute, BufferGeometry, Vector3 } from "three";
import { MeshBVH } from "three-mesh-bvh";
import { signedDistances } from "#lib/mesh/measure/closest-distances.ts";
import type { Mesh } from "#lib/mesh/mesh.ts";
import { parseMesh } from "#lib/mesh/parse-mesh.ts";
import { reorderMesh } from "#lib/mesh/reorder-mesh.ts";
import { weldMesh } from "#lib/mesh/weld.ts";
import { type Row, shareRow } from "./bench-row.ts";
import { compareThread } from "./stopwatch.ts";

const LIMIT_MM = 2;
const CHECKED = 1_000;

/**
 * The occlusal map of two jaws (signed distances of every vertex within 2 mm) against the plain way with three-mesh-bvh, which has no
 * sign. Both from the decoded meshes to the last value, with what each of them builds first.
 */
export async function mapsRows(given: string | undefined, obj: Uint8Array): Promise<Row[]> {
  const jaw = await asPreview(parseMesh(obj).mesh);
  const antagonist = await findAntagonist(given, jaw);
  const positions = new Float32Array(jaw.positions);
  const other = { positions: new Float32Array(antagonist.positions), indices: antagonist.indices };
  let ours = new Float32Array();
  let theirs = new Float32Array();
  const [own, plain] = await compareThread(
    async () => {
      ours = (await signedDistances(positions, other, LIMIT_MM)) as Float32Array<ArrayBuffer>;
    },
    () => {
      theirs = plainDistances(positions, buildPlainTree(other));
    },
  );
  const step = Math.floor(ours.length / CHECKED);
  let worst = 0;
  for (let vertex = 0; vertex < ours.length; vertex += step) {
    const [mine, plainly] = [Math.abs(ours[vertex]!), theirs[vertex]!];
    if (mine !== plainly) worst = Math.max(worst, Math.abs(mine - plainly) * 1000);
  }
  const row = shareRow(`occlusal map, ${ours.length} vertices / three-mesh-bvh`, own, plain, 40, "ms");
  return [
    row,
    { what: "occlusal map, largest difference", measured: worst, must: 10, unit: "µm", detail: `${CHECKED} vertices` },
  ];
}

/** As the browser has it: welded, and in the order in which it travels. */
async function asPreview(mesh: Mesh): Promise<Mesh> {
  return reorderMesh(weldMesh(mesh).mesh);
}

async function findAntagonist(given: string | undefined, jaw: Mesh): Promise<Mesh> {
  const path = given && join(given, "derived_antagonist_lower.ply");
  if (path && existsSync(path)) return asPreview(parseMesh(readFileSync(path)).mesh);
  return { ...jaw, positions: jaw.positions.map((value, i) => (i % 3 === 2 ? 0.6 - value : value)) };
}

function buildPlainTree({ positions, indices }: { positions: Float32Array; indices: Uint32Array }): MeshBVH {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(positions, 3));
  geometry.setIndex(new BufferAttribute(indices.slice(), 1));
  return new MeshBVH(geometry);
}

function plainDistances(positions: Float32Array, tree: MeshBVH): Float32Array<ArrayBuffer> {
  const point = new Vector3();
  const target = { point: new Vector3(), distance: 0, faceIndex: 0 };
  const distances = new Float32Array(positions.length / 3).fill(Number.POSITIVE_INFINITY);
  for (let vertex = 0; vertex < distances.length; vertex++) {
    point.fromArray(positions, vertex * 3);
    const hit = tree.closestPointToPoint(point, target, 0, LIMIT_MM);
    // Beyond the threshold a result may still come back.
    if (hit && hit.distance <= LIMIT_MM) distances[vertex] = hit.distance;
  }
  return distances;
}
