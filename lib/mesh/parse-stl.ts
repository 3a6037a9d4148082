import { finishMesh } from "./finish-mesh.ts";
import { GrowingFloats } from "./growing-arrays.ts";
import { MeshError, narrowPositions, type ParsedMesh } from "./mesh.ts";
import { readStlColours } from "./stl-colours.ts";
import { STL_HEADER_BYTES, STL_TRIANGLE_BYTES } from "./stl-layout.ts";
import { TextScanner, withoutTextEnd } from "./text-scanner.ts";

const COUNT_AT = 80;
const NORMAL_BYTES = 12;
const CORNERS_BYTES = 36;

/** How many bytes to look at for the words of an ASCII file: a `solid` line may carry a long name. */
const SNIFFED_BYTES = 4096;

/**
 * Reads an STL, binary or ASCII, whichever the content is: many binary files begin with `solid` too. Colours of triangles are read where
 * a binary file has them (readStlColours).
 * @returns a triangle soup with three vertices of its own per triangle: weld it
 * @throws MeshError naming the byte (binary) or line (ASCII)
 */
export function parseStl(bytes: Uint8Array): ParsedMesh {
  return isAsciiStl(bytes) ? parseAscii(bytes) : parseBinary(bytes);
}

/** Whether these bytes are an ASCII STL. A size that fits the count of a binary header settles it. */
export function isAsciiStl(bytes: Uint8Array): boolean {
  const scanner = new TextScanner(bytes);
  scanner.skipByteOrderMark();
  if (!scanner.skipSpace() || !scanner.startsWithWord("solid")) return false;
  if (bytes.length >= STL_HEADER_BYTES && announcedBytes(bytes) === bytes.length) return false;
  const sniffed = withoutTextEnd(bytes).subarray(0, SNIFFED_BYTES);
  if (sniffed.includes(0)) return false;
  return /\b(facet|endsolid)\b/i.test(new TextDecoder("latin1").decode(sniffed));
}

/** Whether the size fits what a binary header announces. */
export function fitsBinaryStl(bytes: Uint8Array): boolean {
  return bytes.length > STL_HEADER_BYTES && announcedBytes(bytes) === bytes.length;
}

function announcedTriangles(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(COUNT_AT, true);
}

function announcedBytes(bytes: Uint8Array): number {
  return STL_HEADER_BYTES + announcedTriangles(bytes) * STL_TRIANGLE_BYTES;
}

function parseBinary(bytes: Uint8Array): ParsedMesh {
  if (bytes.length < STL_HEADER_BYTES) {
    throw new MeshError("truncated", "The file is shorter than an STL's header.", { byte: bytes.length });
  }
  const notes: string[] = [];
  const triangles = countTriangles(bytes, notes);
  const positions = new Float32Array(triangles * 9);
  const target = new Uint8Array(positions.buffer);
  for (
    let triangle = 0, from = STL_HEADER_BYTES + NORMAL_BYTES;
    triangle < triangles;
    triangle++, from += STL_TRIANGLE_BYTES
  ) {
    const to = triangle * CORNERS_BYTES;
    for (let i = 0; i < CORNERS_BYTES; i++) target[to + i] = bytes[from + i]!;
  }
  const colours = readStlColours(bytes, triangles);
  return finishMesh({ ...soup(positions), colours: colours && perCorner(colours) }, 0, notes);
}

/**
 * The number of triangles in a binary file whose header may be wrong (some exporters never fill it in): whole
 * records up to the end of the file are believed; a file that breaks off inside a record is not.
 */
function countTriangles(bytes: Uint8Array, notes: string[]): number {
  const announced = announcedTriangles(bytes);
  const room = (bytes.length - STL_HEADER_BYTES) / STL_TRIANGLE_BYTES;
  if (announced === room) return announced;
  if (Number.isInteger(room)) {
    notes.push(`The header announces ${announced} triangles, the file holds ${room}.`);
    return room;
  }
  if (announced > room) {
    const message = `The header announces ${announced} triangles, but the file ends inside number ${Math.floor(room) + 1}.`;
    throw new MeshError("truncated", message, { byte: bytes.length });
  }
  notes.push(`After ${announced} triangles there are bytes that do not belong to the mesh.`);
  return announced;
}

function soup(positions: Float32Array | Float64Array): ParsedMesh["mesh"] {
  const indices = new Uint32Array(positions.length / 3);
  for (let i = 0; i < indices.length; i++) indices[i] = i;
  return { positions, indices, colours: null };
}

/** The colour of a triangle for each of its corners: welding mixes those of a vertex. */
function perCorner(colours: Uint8Array): Uint8Array {
  const corners = new Uint8Array(colours.length * 3);
  for (let corner = 0; corner * 4 < corners.length; corner++) {
    const from = Math.floor(corner / 3) * 4;
    for (let channel = 0; channel < 4; channel++) corners[corner * 4 + channel] = colours[from + channel]!;
  }
  return corners;
}

/** About what one facet takes in text. */
const TYPICAL_FACET_BYTES = 250;

function parseAscii(bytes: Uint8Array): ParsedMesh {
  const scanner = new TextScanner(withoutTextEnd(bytes));
  const positions = new GrowingFloats(Math.ceil(bytes.length / TYPICAL_FACET_BYTES) * 9);
  let tooFewCorners = 0;
  scanner.skipByteOrderMark();
  while (scanner.skipSpace()) {
    if (scanner.startsWithWord("outer")) {
      scanner.skipWord();
      if (!readLoop(scanner, positions)) tooFewCorners++;
    } else if (scanner.startsWithWord("facet") || scanner.startsWithWord("endfacet")) {
      scanner.skipWord();
      skipNormal(scanner);
    } else if (scanner.startsWithWord("solid") || scanner.startsWithWord("endsolid")) {
      scanner.skipLine();
    } else {
      throw scanner.error("malformed", "An ASCII STL has no such word here.");
    }
  }
  return finishMesh(soup(narrowPositions(positions.view())), tooFewCorners, []);
}

/** Normals are computed anew: whatever stands there is passed over, also where a program printed no numbers, or none at all. */
function skipNormal(scanner: TextScanner): void {
  if (!scanner.skipSpace() || !scanner.startsWithWord("normal")) return;
  scanner.skipWord();
  for (let i = 0; i < 3 && scanner.skipSpace() && !scanner.startsWithWord("outer"); i++) scanner.skipWord();
}

/** Reads `loop vertex … endloop`, as a fan where there are more than three corners. Returns false for fewer. */
function readLoop(scanner: TextScanner, positions: GrowingFloats): boolean {
  expectWord(scanner, "loop");
  const corners: number[] = [];
  while (scanner.skipSpace() && scanner.startsWithWord("vertex")) {
    scanner.skipWord();
    corners.push(scanner.readNumber(), scanner.readNumber(), scanner.readNumber());
  }
  expectWord(scanner, "endloop");
  for (let i = 6; i < corners.length; i += 3) {
    positions.push3(corners[0]!, corners[1]!, corners[2]!);
    positions.push3(corners[i - 3]!, corners[i - 2]!, corners[i - 1]!);
    positions.push3(corners[i]!, corners[i + 1]!, corners[i + 2]!);
  }
  return corners.length >= 9;
}

function expectWord(scanner: TextScanner, word: string): void {
  if (!scanner.skipSpace()) throw scanner.error("truncated", "The file ends inside a facet.");
  if (!scanner.startsWithWord(word)) throw scanner.error("malformed", `There should be "${word}" here.`);
  scanner.skipWord();
}
