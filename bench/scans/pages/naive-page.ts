import {
  Box3,
  BufferGeometry,
  DirectionalLight,
  DoubleSide,
  HemisphereLight,
  Mesh,
  MeshStandardMaterial,
  PerspectiveCamera,
  Scene,
  Vector3,
  WebGLRenderer,
} from "three";
import { OBJLoader } from "three/examples/jsm/loaders/OBJLoader.js";
import { STLLoader } from "three/examples/jsm/loaders/STLLoader.js";

/** The page that everybody writes first: three's own loaders, one mesh each, drawn when all are there. */
async function load(urls: string[]): Promise<void> {
  const material = new MeshStandardMaterial({ color: 0xe6d8bd, roughness: 0.8, side: DoubleSide });
  const meshes = await Promise.all(
    urls.map(async (url) => {
      if (!url.endsWith(".obj")) return new Mesh(await new STLLoader().loadAsync(url), material);
      const group = await new OBJLoader().loadAsync(url);
      group.traverse((part) => {
        if (!(part instanceof Mesh)) return;
        part.material = material;
        if (part.geometry instanceof BufferGeometry && !part.geometry.getAttribute("normal"))
          part.geometry.computeVertexNormals();
      });
      return group;
    }),
  );
  scene.add(...meshes);
  const box = new Box3().setFromObject(scene);
  const centre = box.getCenter(new Vector3());
  camera.position.copy(centre).add(new Vector3(0, -box.getSize(new Vector3()).length(), 20));
  camera.up.set(0, 0, 1);
  camera.lookAt(centre);
  renderer.render(scene, camera);
}

const renderer = new WebGLRenderer({ antialias: true });
renderer.setSize(innerWidth, innerHeight);
document.body.append(renderer.domElement);
const camera = new PerspectiveCamera(40, innerWidth / innerHeight, 1, 1000);
const scene = new Scene();
scene.add(new HemisphereLight(0xffffff, 0x444444, 2));
const light = new DirectionalLight(0xffffff, 2);
light.position.set(1, -1, 2);
scene.add(light);
Object.assign(window, { load });
