import { detectFormat } from "./detect-format.ts";
import { MeshError, type MeshFormat, type ParsedMesh } from "./mesh.ts";
import { parseObj } from "./parse-obj.ts";
import { parsePly } from "./parse-ply.ts";
import { fitsBinaryStl, parseStl } from "./parse-stl.ts";

const PARSERS: Record<MeshFormat, (bytes: Uint8Array) => ParsedMesh> = { obj: parseObj, stl: parseStl, ply: parsePly };

/** Beyond this a text in two bytes a letter does not fit into one string. */
const LARGEST_WIDE_TEXT = 256 * 1024 * 1024;

/**
 * Reads a mesh of any format we know, told by its content.
 * @param hint the format that the file's name promises, if any
 * @throws MeshError
 */
export function parseMesh(bytes: Uint8Array, hint: MeshFormat | null = null): ParsedMesh & { format: MeshFormat } {
  const plain = inOneByteLetters(bytes);
  const format = detectFormat(plain, hint);
  return { format, ...PARSERS[format](plain) };
}

/**
 * A text in UTF-16, as some editors and shells of Windows save it, in UTF-8; anything else unchanged.
 * @throws MeshError `too_large`
 */
function inOneByteLetters(bytes: Uint8Array): Uint8Array {
  const encoding = wideEncoding(bytes);
  if (!encoding || fitsBinaryStl(bytes)) return bytes;
  if (bytes.length > LARGEST_WIDE_TEXT) throw new MeshError("too_large", "A text in UTF-16 of this size is not read.");
  return new TextEncoder().encode(new TextDecoder(encoding).decode(bytes));
}

/** Told by its byte order mark. */
function wideEncoding([first, second]: Uint8Array): "utf-16le" | "utf-16be" | null {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : null;
}
