import { DoubleSide, Ray, Vector3 } from "three";
import { subtract, type Vector } from "#components/scan-viewer/vector.ts";
import type { MeasuredMesh } from "#lib/mesh/measure/measured-mesh.ts";

export interface PlacedMesh {
  scanId: string;
  mesh: MeasuredMesh;
  /** How far the scan is moved from where it was scanned, mm. */
  offset: Vector;
}

export interface ScanHit {
  scanId: string;
  /** In the coordinates of its scan, mm. */
  point: Vector;
  triangle: number;
}

/** The nearest point that a ray meets, on either side of a surface. */
export function pickOnScans(origin: Vector, direction: Vector, meshes: readonly PlacedMesh[]): ScanHit | null {
  let nearest: (ScanHit & { distance: number }) | null = null;
  for (const { scanId, mesh, offset } of meshes) {
    const ray = new Ray(new Vector3(...subtract(origin, offset)), new Vector3(...direction));
    const hit = mesh.tree.raycastFirst(ray, DoubleSide);
    if (!hit || (nearest && hit.distance >= nearest.distance)) continue;
    nearest = { scanId, point: hit.point.toArray(), triangle: hit.faceIndex ?? 0, distance: hit.distance };
  }
  return nearest && { scanId: nearest.scanId, point: nearest.point, triangle: nearest.triangle };
}

/** A value of the vertices at a point of a triangle, running evenly between its corners; null where one has none. */
export function valueAt(mesh: MeasuredMesh, values: Float32Array, { point, triangle }: ScanHit): number | null {
  const corners = [0, 1, 2].map((corner) => mesh.indices[triangle * 3 + corner]!);
  const [a, b, c] = corners.map((index) => new Vector3().fromArray(mesh.positions, index * 3)) as [
    Vector3,
    Vector3,
    Vector3,
  ];
  const at = new Vector3(...point);
  const normal = b.clone().sub(a).cross(c.clone().sub(a));
  const part = (from: Vector3, to: Vector3) =>
    to.clone().sub(from).cross(at.clone().sub(from)).dot(normal) / normal.lengthSq();
  const shares = [part(b, c), part(c, a), part(a, b)];
  const value = corners.reduce((sum, index, corner) => sum + values[index]! * shares[corner]!, 0);
  return Number.isFinite(value) ? value : null;
}
