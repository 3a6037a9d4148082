import { MeshError, type MeshFormat } from "./mesh.ts";
import { fitsBinaryStl, isAsciiStl } from "./parse-stl.ts";
import { withoutTextEnd } from "./text-scanner.ts";

/** How far into a text file to look for its first vertex: exporters write long comments. */
const SNIFFED_BYTES = 64 * 1024;

/** A line that only an OBJ has. */
const OBJ_LINE = /^[ \t]*(?:v|vn|vt|f)[ \t]+[-+.\d]|^[ \t]*(?:mtllib|usemtl|o|g|s)[ \t]+\S/m;

/**
 * The format of a mesh file, told by its content; a name's ending is only a hint, and often wrong.
 * @param hint used only where the content does not settle it: a binary STL with a wrong count
 * @throws MeshError `not_a_mesh`
 */
export function detectFormat(bytes: Uint8Array, hint: MeshFormat | null = null): MeshFormat {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, SNIFFED_BYTES)).replace(/^\u00ef\u00bb\u00bf/, "");
  if (/^ply[ \t]*[\r\n]/.test(start)) return "ply";
  if (fitsBinaryStl(bytes) || isAsciiStl(bytes)) return "stl";
  const isText = !withoutTextEnd(bytes).subarray(0, SNIFFED_BYTES).includes(0);
  if (isText && OBJ_LINE.test(start)) return "obj";
  if (!isText && hint === "stl") return "stl";
  if (!isText && looksLikeStlRecords(bytes)) return "stl";
  throw new MeshError("not_a_mesh", "The file is none of OBJ, STL and PLY.", { byte: 0 });
}

/** Whole 50-byte records behind the header, although its count says otherwise. */
function looksLikeStlRecords(bytes: Uint8Array): boolean {
  return bytes.length > 84 && (bytes.length - 84) % 50 === 0;
}
