import { finishMesh } from "./finish-mesh.ts";
import { MeshError, narrowPositions, type ParsedMesh } from "./mesh.ts";
import { type PlyElement, type PlyHeader, parsePlyHeader } from "./parse-ply-header.ts";
import { openPlyBody, type PlyBody } from "./ply-body.ts";
import { PlyColours } from "./ply-colours.ts";
import { PlyFaces } from "./ply-faces.ts";

/**
 * Reads a PLY (ascii, binary in either byte order): vertices with x y z of any type, faces as lists of any length and type cut into
 * triangles, triangle strips, colours of vertices or else of faces. Further properties and elements are skipped.
 * @returns the mesh as the file has it, not welded
 * @throws MeshError naming the line (header, ascii) or byte (binary)
 */
export function parsePly(bytes: Uint8Array): ParsedMesh {
  const header = parsePlyHeader(bytes);
  const firstOf = (wanted: string) => header.elements.find(({ name }) => name === wanted);
  const body = openPlyBody(bytes, header);
  let vertices: Vertices | null = null;
  let faces: PlyFaces | null = null;
  for (const element of header.elements) {
    body.requireRoomFor(element);
    if (element !== firstOf(element.name)) skipElement(body, element);
    else if (element.name === "vertex") vertices = readVertices(body, element);
    else if (element.name === "face" || element.name === "tristrips") {
      faces ??= new PlyFaces(body, firstOf("vertex")?.count ?? 0, element.count * 3);
      if (element.name === "face") faces.readFaces(element);
      else faces.readStrips(element);
    } else skipElement(body, element);
  }
  if (!vertices || !faces) {
    throw new MeshError("no_triangles", "The PLY has no vertices or no faces.", { line: headerEnd(bytes, header) });
  }
  const mesh = {
    positions: vertices.positions instanceof Float64Array ? narrowPositions(vertices.positions) : vertices.positions,
    indices: faces.cut(vertices.positions),
    colours: vertices.colours ?? faces.cornerColours(),
  };
  return finishMesh(mesh, faces.tooFewCorners, []);
}

function headerEnd(bytes: Uint8Array, header: PlyHeader): number {
  return new TextDecoder("latin1").decode(bytes.subarray(0, header.bodyAt)).split(/\r\n|\n|\r/).length - 1;
}

interface Vertices {
  positions: Float32Array | Float64Array;
  colours: Uint8Array | null;
}

function readVertices(body: PlyBody, element: PlyElement): Vertices {
  const { properties, count } = element;
  const slots = ["x", "y", "z"].map((axis) => properties.findIndex(({ name }) => name === axis));
  if (slots.some((slot) => slot < 0 || properties[slot]!.lengthType)) {
    throw body.error("malformed", "The PLY's vertices need x, y and z.");
  }
  const [xSlot, ySlot, zSlot] = slots as [number, number, number];
  const isExactIn32 = slots.every((slot) => properties[slot]!.type === "float32");
  const positions = isExactIn32 && body.isBinary ? new Float32Array(count * 3) : new Float64Array(count * 3);
  const colours = PlyColours.of(element);
  const row = new Float64Array(properties.length);
  for (let vertex = 0; vertex < count; vertex++) {
    body.readRow(element, row);
    positions[vertex * 3] = row[xSlot]!;
    positions[vertex * 3 + 1] = row[ySlot]!;
    positions[vertex * 3 + 2] = row[zSlot]!;
    colours?.note(vertex, row);
  }
  return { positions, colours: colours?.bytes() ?? null };
}

function skipElement(body: PlyBody, element: PlyElement): void {
  if (element.properties.length === 0) return;
  for (let item = 0; item < element.count; item++) {
    for (const property of element.properties) body.skipProperty(property);
  }
}
