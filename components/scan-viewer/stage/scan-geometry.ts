import { BufferAttribute, BufferGeometry, Sphere, Vector3 } from "three";
import type { DecodedScan } from "#components/scan-viewer/decode-preview.ts";

/**
 * The buffers of a scan, shared with the decoded arrays (nothing is copied). They stay in memory so that a lost
 * graphics context can be filled again. Attributes: see stone-material.ts.
 */
export function createScanGeometry(scan: DecodedScan): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(scan.quantised, 4));
  geometry.setAttribute("surface", new BufferAttribute(scan.normals, 4, true));
  if (scan.colours) geometry.setAttribute("tint", new BufferAttribute(scan.colours, 4, true));
  geometry.setIndex(new BufferAttribute(scan.indices, 1));
  geometry.boundingSphere = sphereInGridSteps(scan);
  return geometry;
}

/** The same vertices, drawn as lines. */
export function createEdgeGeometry(scan: DecodedScan, edges: Uint32Array): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(scan.quantised, 4));
  geometry.setIndex(new BufferAttribute(edges, 1));
  geometry.boundingSphere = sphereInGridSteps(scan);
  return geometry;
}

/** Known from the bounds; otherwise three would walk over all vertices on the main thread. */
function sphereInGridSteps({ bounds, offset, scale }: DecodedScan): Sphere {
  const steps = (point: readonly number[]) =>
    new Vector3(
      ...([0, 1, 2].map((axis) => (point[axis]! - offset[axis]!) / scale[axis]!) as [number, number, number]),
    );
  const min = steps(bounds.min);
  const max = steps(bounds.max);
  return new Sphere(min.clone().add(max).multiplyScalar(0.5), min.distanceTo(max) / 2);
}
