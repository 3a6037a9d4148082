import { MeanColours } from "./mean-colours.ts";
import type { Mesh } from "./mesh.ts";

export interface WeldedMesh {
  mesh: Mesh;
  /** Triangles left out because two corners are the same point. */
  degenerate: number;
  /** Vertices that lay exactly on another one and were joined with it. */
  joined: number;
  /** Vertices that no triangle uses. */
  unused: number;
}

const EMPTY = 0xffffffff;

/**
 * Joins vertices whose coordinates are the same to the last bit (0 and -0 count as the same), leaves out triangles
 * that this or the file made degenerate, and vertices that no triangle uses. Nothing is moved.
 *
 * Joined vertices get the mean of their colours: scanners give one colour per point, but a soup has those of the triangles around it.
 */
export function weldMesh(mesh: Mesh): WeldedMesh {
  const source = mesh.positions;
  const vertices = source.length / 3;
  const firsts = findFirsts(source, vertices);
  const numbers = new Uint32Array(vertices).fill(EMPTY);
  const indices = new Uint32Array(mesh.indices.length);
  const kept = new Uint32Array(vertices);
  let written = 0;
  let used = 0;
  for (let i = 0; i + 2 < mesh.indices.length; i += 3) {
    const a = firsts[mesh.indices[i]!]!;
    const b = firsts[mesh.indices[i + 1]!]!;
    const c = firsts[mesh.indices[i + 2]!]!;
    if (a === b || b === c || a === c) continue;
    if (numbers[a] === EMPTY) {
      kept[used] = a;
      numbers[a] = used++;
    }
    if (numbers[b] === EMPTY) {
      kept[used] = b;
      numbers[b] = used++;
    }
    if (numbers[c] === EMPTY) {
      kept[used] = c;
      numbers[c] = used++;
    }
    indices[written] = numbers[a]!;
    indices[written + 1] = numbers[b]!;
    indices[written + 2] = numbers[c]!;
    written += 3;
  }
  let distinct = 0;
  for (let vertex = 0; vertex < vertices; vertex++) if (firsts[vertex] === vertex) distinct++;
  const coloured = distinct < vertices ? { ...mesh, colours: mixColours(mesh.colours, firsts) } : mesh;
  return {
    mesh: pickVertices(coloured, kept.subarray(0, used), indices.slice(0, written)),
    degenerate: (mesh.indices.length - written) / 3,
    joined: vertices - distinct,
    unused: distinct - used,
  };
}

/** For the first of all vertices at a place the mean of their colours. */
function mixColours(colours: Uint8Array | null, firsts: Uint32Array): Uint8Array | null {
  if (!colours) return null;
  const mixed = new MeanColours(firsts.length);
  for (let vertex = 0; vertex < firsts.length; vertex++) mixed.add(firsts[vertex]!, colours, vertex * 4);
  return mixed.means();
}

/** For every vertex the first one at the same place, by a hash table with open addressing. */
function findFirsts(positions: Float32Array | Float64Array, vertices: number): Uint32Array {
  const words = hashWords(positions);
  const perVertex = vertices > 0 ? words.length / vertices : 0;
  let size = 16;
  while (size < vertices * 2) size *= 2;
  const table = new Uint32Array(size).fill(EMPTY);
  const firsts = new Uint32Array(vertices);
  for (let vertex = 0, at = 0; vertex < vertices; vertex++, at += perVertex) {
    let hash = 0;
    for (let word = 0; word < perVertex; word++) hash = Math.imul(hash ^ words[at + word]!, 0x9e3779b1) + (hash >>> 15);
    let slot = (hash ^ (hash >>> 16)) & (size - 1);
    for (;;) {
      const other = table[slot]!;
      if (other === EMPTY) {
        table[slot] = vertex;
        firsts[vertex] = vertex;
        break;
      }
      if (isSamePlace(positions, other * 3, vertex * 3)) {
        firsts[vertex] = other;
        break;
      }
      slot = (slot + 1) & (size - 1);
    }
  }
  return firsts;
}

function isSamePlace(positions: Float32Array | Float64Array, a: number, b: number): boolean {
  return (
    positions[a] === positions[b] && positions[a + 1] === positions[b + 1] && positions[a + 2] === positions[b + 2]
  );
}

/** The coordinates' bits, three or six words a vertex, with -0 turned into 0 so that equal numbers hash alike. */
function hashWords(positions: Float32Array | Float64Array): Uint32Array {
  const plain = positions.map((value) => value + 0);
  return new Uint32Array(plain.buffer);
}

function pickVertices(mesh: Mesh, kept: Uint32Array, indices: Uint32Array): Mesh {
  const { positions: source, colours: sourceColours } = mesh;
  const positions =
    source instanceof Float32Array ? new Float32Array(kept.length * 3) : new Float64Array(kept.length * 3);
  const colours = sourceColours ? new Uint8Array(kept.length * 4) : null;
  for (let to = 0; to < kept.length; to++) {
    const from = kept[to]!;
    positions[to * 3] = source[from * 3]!;
    positions[to * 3 + 1] = source[from * 3 + 1]!;
    positions[to * 3 + 2] = source[from * 3 + 2]!;
    if (!colours || !sourceColours) continue;
    colours[to * 4] = sourceColours[from * 4]!;
    colours[to * 4 + 1] = sourceColours[from * 4 + 1]!;
    colours[to * 4 + 2] = sourceColours[from * 4 + 2]!;
    colours[to * 4 + 3] = sourceColours[from * 4 + 3]!;
  }
  return { positions, indices, colours };
}
