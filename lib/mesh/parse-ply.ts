import { finishMesh } from "./finish-mesh.ts";
import { GrowingIndices } from "./growing-arrays.ts";
import { MeshError, narrowPositions, type ParsedMesh } from "./mesh.ts";
import { type PlyElement, type PlyHeader, type PlyScalar, parsePlyHeader } from "./parse-ply-header.ts";
import { openPlyBody, type PlyBody } from "./ply-body.ts";
import { PolygonsToCut } from "./polygons-to-cut.ts";

const FACE_LISTS = new Set(["vertex_indices", "vertex_index"]);

/** The names under which programs store a vertex's colour, in the order r g b a. */
const COLOUR_NAMES = [
  ["red", "diffuse_red", "r"],
  ["green", "diffuse_green", "g"],
  ["blue", "diffuse_blue", "b"],
  ["alpha", "diffuse_alpha", "a"],
];

/**
 * Reads a PLY (ascii, binary in either byte order): vertices with x y z of any type, vertex colours, faces as lists of
 * any length and type, cut into triangles. Further properties and elements are skipped.
 * @returns the mesh as the file has it, not welded
 * @throws MeshError naming the line (header, ascii) or byte (binary)
 */
export function parsePly(bytes: Uint8Array): ParsedMesh {
  const header = parsePlyHeader(bytes);
  const vertexCount = header.elements.find(({ name }) => name === "vertex")?.count ?? 0;
  const body = openPlyBody(bytes, header);
  let vertices: Vertices | null = null;
  let faces: Faces | null = null;
  for (const element of header.elements) {
    body.requireRoomFor(element);
    if (element.name === "vertex" && !vertices) vertices = readVertices(body, element);
    else if (element.name === "face" && !faces) faces = readFaces(body, element, vertexCount);
    else skipElement(body, element);
  }
  if (!vertices || !faces) {
    throw new MeshError("no_triangles", "The PLY has no vertices or no faces.", { line: headerEnd(bytes, header) });
  }
  faces.polygons.cut(vertices.positions, faces.indices);
  const mesh = {
    positions: vertices.positions instanceof Float64Array ? narrowPositions(vertices.positions) : vertices.positions,
    indices: faces.indices,
    colours: vertices.colours,
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
  const colour = COLOUR_NAMES.map((names) =>
    properties.findIndex(({ name, lengthType }) => names.includes(name) && !lengthType),
  );
  const hasColours = colour.slice(0, 3).every((slot) => slot >= 0);
  const isExactIn32 = slots.every((slot) => properties[slot]!.type === "float32");
  const positions = isExactIn32 && body.isBinary ? new Float32Array(count * 3) : new Float64Array(count * 3);
  const colours = hasColours ? new Uint8Array(count * 4).fill(255) : null;
  const scales = colour.map((slot) => (slot >= 0 ? colourScale(properties[slot]!.type) : 0));
  const row = new Float64Array(properties.length);
  for (let vertex = 0; vertex < count; vertex++) {
    body.readRow(element, row);
    positions[vertex * 3] = row[xSlot]!;
    positions[vertex * 3 + 1] = row[ySlot]!;
    positions[vertex * 3 + 2] = row[zSlot]!;
    if (!colours) continue;
    for (let channel = 0; channel < 4; channel++) {
      const slot = colour[channel]!;
      if (slot >= 0) colours[vertex * 4 + channel] = toByte(row[slot]! * scales[channel]!);
    }
  }
  return { positions, colours };
}

/** What a stored colour value is multiplied with to reach 0-255. */
function colourScale(type: PlyScalar): number {
  if (type === "float32" || type === "float64") return 255;
  return type === "uint16" ? 255 / 65_535 : 1;
}

function toByte(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}

interface Faces {
  indices: Uint32Array;
  polygons: PolygonsToCut;
  tooFewCorners: number;
}

function readFaces(body: PlyBody, element: PlyElement, vertexCount: number): Faces {
  const listSlot = element.properties.findIndex(({ name, lengthType }) => lengthType && FACE_LISTS.has(name));
  if (listSlot < 0) throw body.error("malformed", "The PLY's faces need a list of vertex indices.");
  const indices = new GrowingIndices(element.count * 3);
  const polygons = new PolygonsToCut();
  let tooFewCorners = 0;
  for (let face = 0; face < element.count; face++) {
    for (let slot = 0; slot < element.properties.length; slot++) {
      const property = element.properties[slot]!;
      if (slot !== listSlot) {
        body.skipProperty(property);
        continue;
      }
      const corners = body.readLength(property);
      let first = 0;
      let previous = 0;
      for (let corner = 0; corner < corners; corner++) {
        const vertex = body.readValue(property.type);
        if (!(vertex >= 0 && vertex < vertexCount && Number.isInteger(vertex))) {
          throw body.error("index_out_of_range", `A face names vertex ${vertex}; the file has ${vertexCount}.`);
        }
        if (corner === 0) first = vertex;
        else if (corner > 1) indices.push3(first, previous, vertex);
        previous = vertex;
      }
      if (corners < 3) tooFewCorners++;
      polygons.note(indices, corners);
    }
  }
  return { indices: indices.view(), polygons, tooFewCorners };
}

function skipElement(body: PlyBody, element: PlyElement): void {
  if (element.properties.length === 0) return;
  for (let item = 0; item < element.count; item++) {
    for (const property of element.properties) body.skipProperty(property);
  }
}
