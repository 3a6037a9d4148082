import {
  BufferAttribute,
  BufferGeometry,
  Mesh,
  OrthographicCamera,
  Scene,
  Sprite,
  SpriteMaterial,
  type WebGLRenderer,
} from "three";
import { letterTexture } from "./letter-texture.ts";
import { createStoneMaterial, stoneColour } from "./stone-material.ts";

/**
 * Draws one speck with each shader that a first picture needs, so that the picture itself waits for no compiler. The materials are
 * never freed: a shader lives as long as a material that uses it.
 */
export function* warmShaders(renderer: WebGLRenderer): Generator<void> {
  const camera = new OrthographicCamera();
  camera.position.z = 1;
  const look = { colour: stoneColour(null), opacity: 1, ghost: false, map: null, cut: false } as const;
  for (const scannerColours of [false, true]) {
    const mesh = new Mesh(speck(scannerColours), createStoneMaterial({ ...look, scannerColours }));
    renderer.render(new Scene().add(mesh), camera);
    yield;
  }
  for (const letter of ["R", "L"] as const) {
    const material = new SpriteMaterial({
      map: letterTexture(letter),
      transparent: true,
      depthWrite: false,
      toneMapped: false,
    });
    renderer.render(new Scene().add(new Sprite(material)), camera);
    yield;
  }
}

/** A triangle with the attributes of a scan (scan-geometry.ts). */
function speck(scannerColours: boolean): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Uint16Array([0, 0, 0, 0, 9, 0, 0, 0, 0, 9, 0, 0]), 4));
  geometry.setAttribute("surface", new BufferAttribute(new Int8Array(12).fill(127), 4, true));
  if (scannerColours) geometry.setAttribute("tint", new BufferAttribute(new Uint8Array(12).fill(255), 4, true));
  geometry.setIndex(new BufferAttribute(new Uint32Array([0, 1, 2]), 1));
  return geometry;
}
