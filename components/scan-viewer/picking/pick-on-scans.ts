import { BufferAttribute, BufferGeometry, DoubleSide, Ray, Vector3 } from "three";
import { MeshBVH } from "three-mesh-bvh";
import { subtract, type Vector } from "#components/scan-viewer/vector.ts";

/** Builds what makes a ray find its triangle among hundreds of thousands in microseconds. */
export function createScanTree(positions: Float32Array, indices: Uint32Array): MeshBVH {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(positions, 3));
  geometry.setIndex(new BufferAttribute(indices, 1));
  return new MeshBVH(geometry, { indirect: true });
}

export interface PlacedTree {
  scanId: string;
  tree: MeshBVH;
  /** How far the scan is moved from where it was scanned, mm. */
  offset: Vector;
}

/** The nearest point that a ray meets, on either side of a surface, in the coordinates of its scan (mm). */
export function pickOnScans(
  origin: Vector,
  direction: Vector,
  trees: readonly PlacedTree[],
): { scanId: string; point: Vector } | null {
  let nearest: { scanId: string; point: Vector; distance: number } | null = null;
  for (const { scanId, tree, offset } of trees) {
    const ray = new Ray(new Vector3(...subtract(origin, offset)), new Vector3(...direction));
    const hit = tree.raycastFirst(ray, DoubleSide);
    if (!hit || (nearest && hit.distance >= nearest.distance)) continue;
    nearest = { scanId, point: hit.point.toArray(), distance: hit.distance };
  }
  return nearest && { scanId: nearest.scanId, point: nearest.point };
}
