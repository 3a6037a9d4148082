import { detectFormat } from "./detect-format.ts";
import type { MeshFormat, ParsedMesh } from "./mesh.ts";
import { parseObj } from "./parse-obj.ts";
import { parsePly } from "./parse-ply.ts";
import { parseStl } from "./parse-stl.ts";

const PARSERS: Record<MeshFormat, (bytes: Uint8Array) => ParsedMesh> = { obj: parseObj, stl: parseStl, ply: parsePly };

/**
 * Reads a mesh of any format we know, told by its content.
 * @param hint the format that the file's name promises, if any
 * @throws MeshError
 */
export function parseMesh(bytes: Uint8Array, hint: MeshFormat | null = null): ParsedMesh & { format: MeshFormat } {
  const format = detectFormat(bytes, hint);
  return { format, ...PARSERS[format](bytes) };
}
