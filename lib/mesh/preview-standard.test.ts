import { MeshoptDecoder } from "meshoptimizer/decoder";
import { type BufferGeometry, Mesh as ThreeMesh, Vector3 } from "three";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
import { describe, expect, it } from "vitest";
import { readPreview } from "./read-preview.ts";
import { reorderMesh } from "./reorder-mesh.ts";
import { sampleMesh } from "./sample-mesh.ts";
import { writePreview } from "./write-preview.ts";

describe("a preview is standard glTF", () => {
  it("that a reader not of our making understands in the same way", async () => {
    const { glb } = await writePreview(await reorderMesh(sampleMesh(30, 8, { colours: true })), "full");
    const ours = await readPreview(glb);
    const loader = new GLTFLoader();
    loader.setMeshoptDecoder(MeshoptDecoder);
    const { scene } = await loader.parseAsync(glb.slice().buffer as ArrayBuffer, "");
    scene.updateMatrixWorld(true);
    const found: ThreeMesh<BufferGeometry>[] = [];
    scene.traverse((object) => {
      if (object instanceof ThreeMesh) found.push(object);
    });
    const [theirs] = found;
    expect([...theirs!.geometry.index!.array]).toEqual([...ours.indices]);
    const { position, color } = theirs!.geometry.attributes;
    const point = new Vector3();
    for (let vertex = 0; vertex < position!.count; vertex++) {
      point.fromBufferAttribute(position!, vertex).applyMatrix4(theirs!.matrixWorld);
      const expected = new Vector3().fromArray(ours.positions, vertex * 3);
      expect(point.distanceTo(expected)).toBeLessThan(1e-5);
    }
    expect(color!.getX(5)).toBeCloseTo(ours.colours![20]! / 255, 5);
  });
});
