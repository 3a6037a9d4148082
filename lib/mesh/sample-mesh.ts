import type { Mesh } from "./mesh.ts";

/**
 * A small arch-like surface of our making: a wavy strip bent into a horseshoe, mm, the size of a real jaw.
 * @param columns cells along the arch
 * @param rows cells across it
 * @param width mm from molar to molar
 */
export function sampleMesh(columns: number, rows: number, { width = 60, colours = false } = {}): Mesh {
  const across = rows + 1;
  const vertices = (columns + 1) * across;
  const positions = new Float32Array(vertices * 3);
  for (let column = 0; column <= columns; column++) {
    for (let row = 0; row <= rows; row++) {
      const angle = (column / columns) * Math.PI;
      const radius = width / 2 - (row / rows) * 12;
      const at = (column * across + row) * 3;
      // Plus 0 turns -0 into 0: text formats do not tell them apart.
      positions[at] = Math.cos(angle) * radius + 0;
      positions[at + 1] = Math.sin(angle) * radius + 0;
      positions[at + 2] = 4 * Math.sin((row / rows) * Math.PI) + 0.8 * Math.cos(angle * 28);
    }
  }
  const indices = new Uint32Array(columns * rows * 6);
  let next = 0;
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      const corner = column * across + row;
      indices.set([corner, corner + across, corner + 1, corner + 1, corner + across, corner + across + 1], next);
      next += 6;
    }
  }
  return { positions, indices, colours: colours ? sampleColours(vertices) : null };
}

function sampleColours(vertices: number): Uint8Array {
  const colours = new Uint8Array(vertices * 4);
  for (let vertex = 0; vertex < vertices; vertex++) {
    colours.set([(vertex * 7) & 255, (vertex * 13) & 255, (vertex * 29) & 255, 255], vertex * 4);
  }
  return colours;
}
