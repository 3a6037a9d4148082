import { BufferAttribute, BufferGeometry } from "three";
import { MeshBVH } from "three-mesh-bvh";

/** A mesh that is asked about distances: its triangles in a tree of boxes. */
export interface MeasuredMesh {
  /** x y z per vertex, mm. */
  positions: Float32Array;
  /** Three per triangle, counter-clockwise seen from outside. */
  indices: Uint32Array;
  readonly tree: MeshBVH;
}

/** What makes a ray or a point find its triangle among hundreds of thousands in microseconds is built when it is first asked for. */
export function measureMesh(positions: Float32Array, indices: Uint32Array): MeasuredMesh {
  let built: MeshBVH | undefined;
  return {
    positions,
    indices,
    get tree() {
      built ??= buildTree(positions, indices);
      return built;
    },
  };
}

function buildTree(positions: Float32Array, indices: Uint32Array): MeshBVH {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(positions, 3));
  geometry.setIndex(new BufferAttribute(indices, 1));
  return new MeshBVH(geometry, { indirect: true });
}
