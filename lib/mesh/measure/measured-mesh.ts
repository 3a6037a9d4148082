import { BufferAttribute, BufferGeometry } from "three";
import { MeshBVH } from "three-mesh-bvh";

/** A mesh that is asked about distances: its triangles in a tree of boxes. */
export interface MeasuredMesh {
  /** x y z per vertex, mm. */
  positions: Float32Array;
  /** Three per triangle, counter-clockwise seen from outside. */
  indices: Uint32Array;
  tree: MeshBVH;
}

/** Builds what makes a ray or a point find its triangle among hundreds of thousands in microseconds. */
export function measureMesh(positions: Float32Array, indices: Uint32Array): MeasuredMesh {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(positions, 3));
  geometry.setIndex(new BufferAttribute(indices, 1));
  return { positions, indices, tree: new MeshBVH(geometry, { indirect: true }) };
}
