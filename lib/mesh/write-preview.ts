import { MeshoptEncoder } from "meshoptimizer/encoder";
import type { Mesh } from "./mesh.ts";
import { packGlb, padded } from "./pack-glb.ts";
import type { LineSet } from "./parse-lines.ts";
import {
  COLOUR_STRIDE,
  type CompressedView,
  INDEX_STRIDE,
  LINES,
  MESHOPT_EXTENSION,
  POSITION_STRIDE,
  type PreviewDocument,
  QUANTIZATION_EXTENSION,
  UNSIGNED_BYTE,
  UNSIGNED_INT,
  UNSIGNED_SHORT,
} from "./preview-layout.ts";
import { type QuantisationLevel, type QuantisedPositions, quantisePositions } from "./quantise.ts";

export interface WrittenPreview {
  /** The GLB, not yet gzipped. */
  glb: Uint8Array;
  triangles: number;
  vertices: number;
  /** Largest distance of a stored vertex from its place in `mesh`, measured, µm. */
  maxErrorUm: number;
}

/** glTF buffer view targets. */
const ARRAY_BUFFER = 34962;
const ELEMENT_ARRAY_BUFFER = 34963;

/** Codec version 1 is what KHR_meshopt_compression adds to the older EXT_meshopt_compression. */
const CODEC_VERSION = 1;
const CODEC_LEVEL = 3;

interface Stream {
  compressed: Uint8Array;
  count: number;
  stride: number;
  mode: CompressedView["mode"];
  target: number;
}

/**
 * Writes a preview (layout: preview-layout.ts). Vertices and triangles are stored in the order given: pass a mesh
 * through `reorderMesh` first, or the file grows several times over.
 * @param mesh at least one triangle, all positions finite
 */
export async function writePreview(mesh: Mesh, level: QuantisationLevel): Promise<WrittenPreview> {
  await MeshoptEncoder.ready;
  const vertices = mesh.positions.length / 3;
  const positions = quantisePositions(mesh.positions, level);
  const streams = [
    encodeAttribute(bytesOf(positions.values), vertices, POSITION_STRIDE),
    encodeIndices(mesh.indices),
    ...(mesh.colours ? [encodeAttribute(mesh.colours, vertices, COLOUR_STRIDE)] : []),
  ];
  return {
    glb: packGlb(
      describe(streams, positions),
      streams.map(({ compressed }) => compressed),
    ),
    triangles: mesh.indices.length / 3,
    vertices,
    maxErrorUm: positions.maxErrorUm,
  };
}

/** Writes lines in the layout of a preview: as one mesh of lines. @param lines at least one, all positions finite */
export async function writeLinePreview({ positions, segments }: LineSet): Promise<WrittenPreview> {
  await MeshoptEncoder.ready;
  const vertices = positions.length / 3;
  const quantised = quantisePositions(positions, "full");
  const streams = [encodeAttribute(bytesOf(quantised.values), vertices, POSITION_STRIDE), encodeSegments(segments)];
  const document = describe(streams, quantised);
  document.meshes[0]!.primitives[0]!.mode = LINES;
  const glb = packGlb(
    document,
    streams.map(({ compressed }) => compressed),
  );
  return { glb, triangles: 0, vertices, maxErrorUm: quantised.maxErrorUm };
}

function bytesOf(values: Uint16Array | Uint32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function encodeAttribute(bytes: Uint8Array, count: number, stride: number): Stream {
  const compressed = MeshoptEncoder.encodeVertexBufferLevel(bytes, count, stride, CODEC_LEVEL, CODEC_VERSION);
  return { compressed, count, stride, mode: "ATTRIBUTES", target: ARRAY_BUFFER };
}

function encodeIndices(indices: Uint32Array): Stream {
  const compressed = MeshoptEncoder.encodeIndexBuffer(bytesOf(indices), indices.length, INDEX_STRIDE);
  return {
    compressed,
    count: indices.length,
    stride: INDEX_STRIDE,
    mode: "TRIANGLES",
    target: ELEMENT_ARRAY_BUFFER,
  };
}

function encodeSegments(segments: Uint32Array): Stream {
  const compressed = MeshoptEncoder.encodeIndexSequence(bytesOf(segments), segments.length, INDEX_STRIDE);
  return {
    compressed,
    count: segments.length,
    stride: INDEX_STRIDE,
    mode: "INDICES",
    target: ELEMENT_ARRAY_BUFFER,
  };
}

function describe(streams: Stream[], positions: QuantisedPositions): PreviewDocument {
  const [positionStream, indexStream] = streams as [Stream, Stream];
  const hasColours = streams.length > 2;
  const extremes = extremesOf(positions.values);
  const views: PreviewDocument["bufferViews"] = [];
  let packed = 0;
  let unpacked = 0;
  for (const { compressed, count, stride, mode, target } of streams) {
    const byteLength = count * stride;
    views.push({
      buffer: 1,
      byteOffset: unpacked,
      byteLength,
      // glTF forbids a stride on index views.
      ...(mode === "ATTRIBUTES" ? { byteStride: stride } : {}),
      target,
      extensions: {
        [MESHOPT_EXTENSION]: {
          buffer: 0,
          byteOffset: packed,
          byteLength: compressed.length,
          byteStride: stride,
          count,
          mode,
        },
      },
    });
    packed += padded(compressed.length);
    unpacked += byteLength;
  }
  return {
    asset: {
      version: "2.0",
      generator: "casebench",
      extras: { unit: "mm", maxErrorUm: Math.round(positions.maxErrorUm * 1000) / 1000 },
    },
    extensionsUsed: [MESHOPT_EXTENSION, QUANTIZATION_EXTENSION],
    extensionsRequired: [MESHOPT_EXTENSION, QUANTIZATION_EXTENSION],
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0, scale: positions.grid.scale, translation: positions.grid.offset }],
    meshes: [{ primitives: [{ attributes: { POSITION: 0, ...(hasColours ? { COLOR_0: 2 } : {}) }, indices: 1 }] }],
    accessors: [
      { bufferView: 0, componentType: UNSIGNED_SHORT, count: positionStream.count, type: "VEC3", ...extremes },
      { bufferView: 1, componentType: UNSIGNED_INT, count: indexStream.count, type: "SCALAR" },
      ...(hasColours
        ? [
            {
              bufferView: 2,
              componentType: UNSIGNED_BYTE,
              normalized: true,
              count: positionStream.count,
              type: "VEC4" as const,
            },
          ]
        : []),
    ],
    bufferViews: views,
    buffers: [
      { byteLength: packed },
      { byteLength: unpacked, extensions: { [MESHOPT_EXTENSION]: { fallback: true } } },
    ],
  };
}

function extremesOf(values: Uint16Array): { min: number[]; max: number[] } {
  const min = [0xffff, 0xffff, 0xffff];
  const max = [0, 0, 0];
  for (let i = 0; i < values.length; i += 4) {
    for (let axis = 0; axis < 3; axis++) {
      const value = values[i + axis]!;
      if (value < min[axis]!) min[axis] = value;
      if (value > max[axis]!) max[axis] = value;
    }
  }
  return { min, max };
}
