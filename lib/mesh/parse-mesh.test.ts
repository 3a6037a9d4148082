import { expect, it } from "vitest";
import { parseMesh } from "./parse-mesh.ts";
import { sampleMesh } from "./sample-mesh.ts";
import { writeStl } from "./write-stl.ts";

const OBJ = "# Ausgabe für das Labor\nv 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n";
const STL =
  "solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 1 0\nendloop\nendfacet\nendsolid a\n";

function wide(text: string, little: boolean): Uint8Array {
  const bytes = new Uint8Array((text.length + 1) * 2);
  const view = new DataView(bytes.buffer);
  for (const [at, letter] of [...`\ufeff${text}`].entries()) view.setUint16(at * 2, letter.charCodeAt(0), little);
  return bytes;
}

it.each([true, false])("a text in UTF-16 is read as the same text in UTF-8 (little endian: %s)", (little) => {
  for (const [text, format] of [
    [OBJ, "obj"],
    [STL, "stl"],
  ] as const) {
    const plain = parseMesh(new TextEncoder().encode(text));
    expect(parseMesh(wide(text, little))).toEqual(plain);
    expect(plain.format).toBe(format);
  }
});

it("what is wrong in a text in UTF-16 is named with its line", () => {
  expect(() => parseMesh(wide(OBJ.replace("f 1 2 3", "f 1 2 x"), true))).toThrow(
    expect.objectContaining({ code: "malformed", where: { line: 5 } }),
  );
});

it("a binary STL may begin with the bytes of a byte order mark", () => {
  const bytes = writeStl(sampleMesh(3, 2));
  const plain = parseMesh(bytes);
  bytes.set([0xff, 0xfe]);
  expect(parseMesh(bytes)).toEqual(plain);
});
