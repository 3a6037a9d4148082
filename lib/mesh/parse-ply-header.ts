import { MeshError } from "./mesh.ts";

export type PlyScalar = "int8" | "uint8" | "int16" | "uint16" | "int32" | "uint32" | "float32" | "float64";

/** A property is one number, or a list with its length in front. */
export interface PlyProperty {
  name: string;
  type: PlyScalar;
  /** The type of a list's length; null for a single number. */
  lengthType: PlyScalar | null;
}

export interface PlyElement {
  name: string;
  count: number;
  properties: PlyProperty[];
}

export interface PlyHeader {
  encoding: "ascii" | "little" | "big";
  elements: PlyElement[];
  /** The first byte behind the header. */
  bodyAt: number;
}

const TYPE_NAMES: Record<string, PlyScalar> = {
  char: "int8",
  int8: "int8",
  uchar: "uint8",
  uint8: "uint8",
  short: "int16",
  int16: "int16",
  ushort: "uint16",
  uint16: "uint16",
  int: "int32",
  int32: "int32",
  uint: "uint32",
  uint32: "uint32",
  float: "float32",
  float32: "float32",
  double: "float64",
  float64: "float64",
};

const ENCODINGS: Record<string, PlyHeader["encoding"]> = {
  ascii: "ascii",
  binary_little_endian: "little",
  binary_big_endian: "big",
};

/** Far more than any header needs: comments may be long, but not endless. */
const LONGEST_HEADER_BYTES = 256 * 1024;

export const PLY_SCALAR_BYTES: Record<PlyScalar, number> = {
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  float32: 4,
  float64: 8,
};

/**
 * Reads the header of a PLY: which elements follow, with which properties, in which encoding.
 * @throws MeshError naming the line
 */
export function parsePlyHeader(bytes: Uint8Array): PlyHeader {
  const { lines, bodyAt } = splitHeader(bytes);
  let encoding: PlyHeader["encoding"] | undefined;
  const elements: PlyElement[] = [];
  for (const [index, text] of lines.entries()) {
    const words = text.trim().split(/\s+/);
    const fail = (message: string) => new MeshError("malformed", message, { line: index + 1 });
    switch (words[0]) {
      case "format":
        encoding = ENCODINGS[words[1] ?? ""];
        if (!encoding) throw fail("The PLY's format is none of ascii, binary_little_endian, binary_big_endian.");
        break;
      case "element": {
        const count = Number(words[2]);
        if (!words[1] || !Number.isSafeInteger(count) || count < 0) throw fail("An element needs a name and a count.");
        elements.push({ name: words[1], count, properties: [] });
        break;
      }
      case "property": {
        const property = parseProperty(words);
        const element = elements.at(-1);
        if (!property || !element) throw fail("A property needs an element before it, a known type and a name.");
        element.properties.push(property);
        break;
      }
      default:
        // ply, comment, obj_info, blank lines and words that other programs added.
        break;
    }
  }
  if (!encoding) throw new MeshError("malformed", "The PLY's header names no format.", { line: 1 });
  return { encoding, elements, bodyAt };
}

function parseProperty(words: string[]): PlyProperty | null {
  if (words[1] === "list") {
    const lengthType = TYPE_NAMES[words[2] ?? ""];
    const type = TYPE_NAMES[words[3] ?? ""];
    return lengthType && type && words[4] ? { name: words[4], type, lengthType } : null;
  }
  const type = TYPE_NAMES[words[1] ?? ""];
  return type && words[2] ? { name: words[2], type, lengthType: null } : null;
}

/** The header's lines (LF, CR LF or CR) up to `end_header`, and where the body begins. */
function splitHeader(bytes: Uint8Array): { lines: string[]; bodyAt: number } {
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, LONGEST_HEADER_BYTES));
  const match = /^(?:\u00ef\u00bb\u00bf)?ply[ \t]*(\r\n|\n|\r)/.exec(text);
  if (!match) throw new MeshError("not_a_mesh", 'A PLY begins with the line "ply".', { line: 1 });
  // Ended like the first line, where that is found: after a CR alone, a body may begin with the byte of an LF.
  const end =
    new RegExp(`${match[1]}end_header[ \\t]*${match[1]}`).exec(text) ??
    /(?:\n|\r)end_header[ \t]*(\r\n|\n|\r|$)/.exec(text);
  if (!end) {
    throw new MeshError("truncated", 'The PLY\'s header has no line "end_header".', { line: 1 });
  }
  return { lines: text.slice(0, end.index).split(/\r\n|\n|\r/), bodyAt: end.index + end[0].length };
}
