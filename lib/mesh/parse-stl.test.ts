import { describe, expect, it } from "vitest";
import { MeshError } from "./mesh.ts";
import { parseStl } from "./parse-stl.ts";

const TRIANGLES = [
  [0, 0, 0, 10, 0, 0, 10, 10, 0],
  [0, 0, 0, 10, 10, 0, 0, 10, 0],
];

function binary(header: string, count = TRIANGLES.length, extraBytes = 0): Uint8Array {
  const bytes = new Uint8Array(84 + TRIANGLES.length * 50 + extraBytes);
  bytes.set(new TextEncoder().encode(header));
  const view = new DataView(bytes.buffer);
  view.setUint32(80, count, true);
  for (const [index, corners] of TRIANGLES.entries()) {
    for (const [i, value] of corners.entries()) view.setFloat32(84 + index * 50 + 12 + i * 4, value, true);
  }
  return bytes;
}

const ASCII = `solid scan of upper jaw
${TRIANGLES.map(
  (t) => `  facet normal 0 0 1
    outer loop
      vertex ${t.slice(0, 3).join(" ")}
      vertex ${t.slice(3, 6).join(" ")}
      vertex ${t.slice(6, 9).join(" ")}
    endloop
  endfacet`,
).join("\n")}
endsolid scan of upper jaw
`;

const text = (value: string) => new TextEncoder().encode(value);

function errorOf(bytes: Uint8Array): MeshError {
  try {
    parseStl(bytes);
  } catch (error) {
    if (error instanceof MeshError) return error;
    throw error;
  }
  throw new Error("read without an error");
}

describe("an STL", () => {
  it("is read from binary, also when its header begins with solid", () => {
    for (const header of ["exported", "solid facet normal", ""]) {
      expect([...parseStl(binary(header)).mesh.positions]).toEqual(TRIANGLES.flat());
    }
  });

  it("is read from text, with any line ends, upper case, and all in one line", () => {
    for (const ascii of [
      ASCII,
      ASCII.replaceAll("\n", "\r\n"),
      ASCII.toUpperCase(),
      ASCII.replace(/endsolid[\s\S]*/, ""),
    ]) {
      expect([...parseStl(text(ascii)).mesh.positions]).toEqual(TRIANGLES.flat());
    }
    const [head, ...body] = ASCII.split("\n");
    expect([...parseStl(text(`${head}\n${body.join(" ")}`)).mesh.positions]).toEqual(TRIANGLES.flat());
  });

  it.each([0, 1, 3, 0xffffffff])(
    "with the wrong count %i in its header is read to its end, and it is noted",
    (count) => {
      const { mesh, notes } = parseStl(binary("exported", count));
      expect(mesh.indices.length).toBe(6);
      expect(notes).toEqual([expect.stringContaining(String(count))]);
    },
  );

  it("with bytes behind its triangles is read, and it is noted", () => {
    const { mesh, notes } = parseStl(binary("exported", 2, 7));
    expect(mesh.indices.length).toBe(6);
    expect(notes).toHaveLength(1);
  });

  it("that breaks off inside a triangle is refused with the byte", () => {
    expect(errorOf(binary("exported").subarray(0, 150))).toMatchObject({ code: "truncated", where: { byte: 150 } });
    expect(errorOf(binary("exported", 0xffffffff).subarray(0, 140)).code).toBe("truncated");
    expect(errorOf(binary("exported").subarray(0, 83))).toMatchObject({ code: "truncated", where: { byte: 83 } });
  });

  it("without triangles is refused", () => {
    expect(errorOf(binary("exported", 0).subarray(0, 84)).code).toBe("no_triangles");
    expect(errorOf(text("solid a\nendsolid a\n")).code).toBe("no_triangles");
  });

  it("of text that is cut or garbled is refused with the line", () => {
    expect(errorOf(text(ASCII.slice(0, ASCII.indexOf("endloop"))))).toMatchObject({ code: "truncated" });
    expect(errorOf(text(ASCII.replace("vertex 10 0 0", "vertex 10 zero 0")))).toMatchObject({
      code: "malformed",
      where: { line: 5 },
    });
    expect(errorOf(text(ASCII.replace("  endfacet", "  banana")))).toMatchObject({
      code: "malformed",
      where: { line: 8 },
    });
    expect(errorOf(text("solid facet normal"))).toBeInstanceOf(MeshError);
  });

  it("loses triangles whose corners are not numbers, and says how many", () => {
    const bytes = binary("exported");
    new DataView(bytes.buffer).setFloat32(84 + 12, Number.NaN, true);
    expect(parseStl(bytes).dropped.notFinite).toBe(1);
    expect(parseStl(text(ASCII.replace("vertex 10 0 0", "vertex nan 0 0"))).dropped.notFinite).toBe(1);
  });
});

describe("the colours of a binary STL", () => {
  const coloured = (header: string, attributes: readonly number[]) => {
    const bytes = binary(header);
    for (const [triangle, attribute] of attributes.entries())
      new DataView(bytes.buffer).setUint16(84 + triangle * 50 + 48, attribute, true);
    return parseStl(bytes).mesh.colours;
  };
  const rgb = (red: number, green: number, blue: number) => (red << 10) | (green << 5) | blue;
  const red = [255, 0, 0, 255];
  const white = [255, 255, 255, 255];
  const thrice = (...colours: number[][]) => colours.flatMap((colour) => [...colour, ...colour, ...colour]);

  it("are read as VisCAM and SolidView write them, white where a triangle has none", () => {
    const teal = [0, 132, 255, 255];
    expect([...coloured("viscam", [0x8000 | rgb(31, 0, 0), 0x8000 | rgb(0, 16, 31)])!]).toEqual(thrice(red, teal));
    expect([...coloured("solid b", [0, 0x8000 | rgb(31, 0, 0)])!]).toEqual(thrice(white, red));
    expect([...coloured("viscam", [0xfc00, 0xfc00])!]).toEqual(thrice(red, red));
  });

  it("are read as Magics writes them, with the header's colour where a triangle has none", () => {
    const header = "COLOR=\x10\x20\x30\x40,MATERIAL=";
    expect([...coloured(header, [31, 0x8000])!]).toEqual(thrice(red, [0x10, 0x20, 0x30, 255]));
    expect([...coloured(header, [0, 0xffff])!]).toEqual(thrice([0, 0, 0, 255], [0x10, 0x20, 0x30, 255]));
  });

  it.each([
    ["zeros", "exported", [0, 0]],
    ["zeros beside the header of Magics", "COLOR=\x10\x20\x30\x40", [0, 0]],
    ["nothing but the default of Magics", "COLOR=\x10\x20\x30\x40", [0x8000, 0x8000]],
    ["one number everywhere that is no colour", "exported", [0xffff, 0xffff]],
    ["numbers of a program's own", "exported", [7, 0x9123]],
  ])("are not found in %s", (_, header, attributes) => {
    expect(coloured(header, attributes)).toBeNull();
  });
});

describe("an STL of another program", () => {
  it("may be padded with zeros, have normals that are no numbers or none, and more than one solid", () => {
    for (const ascii of [
      `${ASCII}\0\0\0`,
      `${ASCII}\u001a`,
      ASCII.replaceAll("normal 0 0 1", "normal ****** ****** ******"),
      ASCII.replaceAll("normal 0 0 1", "normal"),
      ASCII.replace("  endfacet\n", "  endfacet\nendsolid a\nsolid b\n"),
    ]) {
      expect([...parseStl(text(ascii)).mesh.positions]).toEqual(TRIANGLES.flat());
    }
  });
});
