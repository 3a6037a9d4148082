import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MeshError, narrowPositions } from "./mesh.ts";
import { parseObj } from "./parse-obj.ts";

const read = (text: string) => parseObj(new TextEncoder().encode(text));
const square = "v 0 0 0\nv 10 0 0\nv 10 10 0\nv 0 10 0\n";

function errorOf(text: string): MeshError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof MeshError) return error;
    throw error;
  }
  throw new Error("read without an error");
}

describe("an OBJ", () => {
  it("is read with and without texture coordinates and normals", () => {
    for (const face of ["f 1 2 3", "f 1/1 2/1 3/1", "f 1//1 2//1 3//1", "f 1/1/1 2/1/1 3/1/1"]) {
      expect([...read(`${square}vn 0 0 1\nvt 0 0\n${face}\n`).mesh.indices]).toEqual([0, 1, 2]);
    }
  });

  it("may be continued on the next line anywhere between two numbers", () => {
    for (const face of [
      "f 1 2 \\\n3 4",
      "f 1 2\\\n 3 4",
      "f 1//1 2//1\\\r\n 3//1 4//1",
      "f 1/1/1\\\n2/1/1 3/1/1 4/1/1",
    ]) {
      expect([...read(`${square}${face}\n`).mesh.indices]).toEqual([0, 1, 2, 0, 2, 3]);
    }
    expect([...read(`${square}v 5 6\\\n 7\nf 1 2 5\n`).mesh.positions.slice(-3)]).toEqual([5, 6, 7]);
  });

  it("may count vertices from the last one backwards", () => {
    expect([...read(`${square}f -4 -3 -2\nv 5 5 5\nf -1 1 2\n`).mesh.indices]).toEqual([0, 1, 2, 4, 0, 1]);
  });

  it("has its polygons cut into fans", () => {
    expect([...read(`${square}f 1 2 3 4\n`).mesh.indices]).toEqual([0, 1, 2, 0, 2, 3]);
  });

  it("may use any line ends, tabs, groups, comments, a byte order mark and no last line end", () => {
    const plain = read(`${square}f 1 2 3`);
    for (const text of [
      `${square}f 1 2 3`.replaceAll("\n", "\r\n"),
      `${square}f 1 2 3`.replaceAll("\n", "\r"),
      `${square}f 1 2 3`.replaceAll(" ", "\t"),
      `\uFEFF# scan\nmtllib a.mtl\no jaw\ng upper\nusemtl enamel\ns off\n${square}f 1 2 3 # first`,
      `${square}f 1 2 \\\n 3\n`,
      `${square}f 1 2 \\\r\n 3\r\n`,
    ]) {
      expect(read(text)).toEqual(plain);
    }
  });

  it("may name a vertex before it comes", () => {
    expect([...read(`f 1 2 3\n${square}`).mesh.indices]).toEqual([0, 1, 2]);
  });

  it("keeps vertex colours from 0 to 1 and from 0 to 255", () => {
    const unit = "v 0 0 0 1 0.5 0\nv 1 0 0 0 0 1\nv 0 1 0 0 0 0\nf 1 2 3\n";
    expect([...read(unit).mesh.colours!]).toEqual([255, 128, 0, 255, 0, 0, 255, 255, 0, 0, 0, 255]);
    const bytes = "v 0 0 0 255 128 0\nv 1 0 0 0 0 255\nv 0 1 0\nf 1 2 3\n";
    expect([...read(bytes).mesh.colours!]).toEqual([255, 128, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255]);
    expect(read("v 0 0 0 1\nv 1 0 0 1\nv 0 1 0 1\nf 1 2 3\n").mesh.colours).toBeNull();
  });

  it("keeps colours as fractions that were rounded to a little over 1, and colours that are no numbers as white", () => {
    const file = "v 0 0 0 1.004 0.5 0\nv 1 0 0 0 0 1\nv 0 1 0 nan nan nan\nf 1 2 3\n";
    expect([...read(file).mesh.colours!]).toEqual([255, 128, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255]);
  });

  it("keeps the vertex colours that ZBrush writes into comments", () => {
    const painted = "#MRGB ffC80064FF000aff\n#MRGB FF010203\n#MRGB zz\n# MRGB 12\n";
    const { colours } = read(`v 0 0 0\nv 1 0 0\nv 0 1 0\n${painted}f 1 2 3\n`).mesh;
    expect([...colours!]).toEqual([200, 0, 100, 255, 0, 10, 255, 255, 1, 2, 3, 255]);
  });

  it("may be padded with zeros or the sign that ends texts on DOS", () => {
    expect(read(`${square}f 1 2 3\n\u001a`)).toEqual(read(`${square}f 1 2 3\n`));
    expect(read(`${square}f 1 2 3\0\0\0`)).toEqual(read(`${square}f 1 2 3`));
  });

  it("loses only the triangles whose corners are not numbers, and says how many", () => {
    const { mesh, dropped } = read(
      `${square}v nan 0 0\nv 1e30 0 0\nv -nan(ind) 1.#QNAN inf\nf 1 2 3\nf 1 2 5\nf 1 6 3\nf 7 1 2\n`,
    );
    expect([...mesh.indices]).toEqual([0, 1, 2]);
    expect(dropped).toEqual({ notFinite: 3, tooFewCorners: 0 });
  });

  it("loses faces with two corners, and says how many", () => {
    expect(read(`${square}f 1 2\nf 1 2 3\n`).dropped.tooFewCorners).toBe(1);
  });

  it.each([
    [`${square}f 1 2 9\nf 1 2 3\n`, "index_out_of_range", 5],
    [`${square}f 0 1 2\n`, "index_out_of_range", 5],
    [`${square}f -9 1 2\n`, "index_out_of_range", 5],
    [`${square}f 1 2 99999999999999999999\n`, "index_out_of_range", 5],
    [`${square}f 1 2 x\n`, "malformed", 5],
    [`${square}f 1 2 3x\n`, "malformed", 5],
    ["v 0 0 0\r\nv 1,5 0 0\r\n", "malformed", 2],
    ["v 0 0 0\nv 1 0\nf 1 2 1", "malformed", 2],
    ["v 0 0 0\nv 1 0 1e\nf 1 2 1", "malformed", 2],
  ])("that is wrong is refused with the line: %j", (text, code, line) => {
    expect(errorOf(text)).toMatchObject({ code, where: { line } });
  });

  it("without a triangle is refused", () => {
    expect(errorOf(square).code).toBe("no_triangles");
    expect(errorOf("").code).toBe("no_triangles");
  });

  it("has the coordinates that its decimals say", () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, min: -250, max: 250 }).map((value) => value.toFixed(6)),
      fc.double({ noNaN: true, min: -250, max: 250 }).map((value) => String(value)),
      fc.double({ noNaN: true, min: -250, max: 250 }).map((value) => value.toExponential(9)),
      fc.constantFrom("1.", ".5", "-.25", "+3", "007", "1e-3", "2E+1", "0.000000000000000000001"),
    );
    fc.assert(
      fc.property(fc.tuple(number, number, number), ([x, y, z]) => {
        const { mesh } = read(`v ${x} ${y} ${z}\nv 0 0 0\nv 1 1 1\nf 1 2 3\n`);
        expect([...mesh.positions.slice(0, 3)]).toEqual([x, y, z].map((text) => Math.fround(Number(text))));
      }),
    );
  });

  it("has the coordinates that its decimals say, however many there are", () => {
    const number = fc
      .tuple(fc.double({ noNaN: true, min: -2500, max: 2500 }), fc.integer({ min: 1, max: 12 }))
      .map(([value, decimals]) => value.toFixed(decimals));
    fc.assert(
      fc.property(fc.tuple(number, number, number), ([x, y, z]) => {
        const { mesh } = read(`v ${x} ${y} ${z}\nv 0 0 0\nv 1 1 1\nf 1 2 3\n`);
        expect(narrowPositions(Float64Array.from([x, y, z, "0", "0", "0", "1", "1", "1"], Number))).toEqual(
          mesh.positions,
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it("says the same however its blanks and line ends are placed", () => {
    const blank = fc.constantFrom(" ", "  ", "\t", " \t");
    const end = fc
      .tuple(fc.constantFrom("", " ", "  ", "\t", " # a"), fc.constantFrom("\n", "\r\n", "\r", "\n\n"))
      .map((parts) => parts.join(""));
    const corner = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom("", "/1", "//1", "/1/1", "//99999999999"))
      .map((parts) => parts.join(""));
    const face = fc.tuple(fc.array(fc.tuple(blank, corner), { minLength: 3, maxLength: 5 }), end);
    fc.assert(
      fc.property(fc.array(face, { minLength: 1 }), (faces) => {
        const text = faces.map(([corners, tail]) => `f${corners.flat().join("")}${tail}`).join("");
        const named = faces.map(([corners]) => corners.map(([, name]) => Number.parseInt(name, 10) - 1));
        const plain = named.map((numbers) => `f ${numbers.map((number) => number - 4).join(" ")}\n`).join("");
        expect(read(square + text)).toEqual(read(square + plain));
      }),
      { numRuns: 1_000 },
    );
  });

  it("far from the origin keeps the precision of its decimals", () => {
    const { mesh } = read("v 5000.123456 0 0\nv 0 0 0\nv 1 1 1\nf 1 2 3\n");
    expect(mesh.positions[0]).toBe(5000.123456);
  });
});
