import { describe, expect, it } from "vitest";
import { MeshError } from "./mesh.ts";
import { parsePly } from "./parse-ply.ts";

const POINTS = [
  [0, 0, 0],
  [10, 0, 0],
  [10, 10, 0],
  [0, 10, 0.5],
];
const FACE = [0, 1, 2, 3];

const text = (value: string) => new TextEncoder().encode(value);
const header = (format: string, lines: string[]) => `ply\nformat ${format} 1.0\n${lines.join("\n")}\nend_header\n`;

/** A body made of typed numbers, in either byte order. */
function pack(
  head: string,
  little: boolean,
  values: [kind: "f32" | "f64" | "u8" | "u16" | "i32", value: number][],
): Uint8Array {
  const bytes: number[] = [...text(head)];
  for (const [kind, value] of values) {
    const size = { f32: 4, f64: 8, u8: 1, u16: 2, i32: 4 }[kind];
    const view = new DataView(new ArrayBuffer(size));
    if (kind === "f32") view.setFloat32(0, value, little);
    else if (kind === "f64") view.setFloat64(0, value, little);
    else if (kind === "u8") view.setUint8(0, value);
    else if (kind === "u16") view.setUint16(0, value, little);
    else view.setInt32(0, value, little);
    bytes.push(...new Uint8Array(view.buffer));
  }
  return Uint8Array.from(bytes);
}

const XYZ = ["property float x", "property float y", "property float z"];
const FACES = ["element face 1", "property list uchar int vertex_indices"];
const ASCII_BODY = `${POINTS.map((point) => point.join(" ")).join("\n")}\n4 ${FACE.join(" ")}\n`;

function errorOf(bytes: Uint8Array): MeshError {
  try {
    parsePly(bytes);
  } catch (error) {
    if (error instanceof MeshError) return error;
    throw error;
  }
  throw new Error("read without an error");
}

describe("a PLY", () => {
  it("is read from text and from both byte orders alike", () => {
    const body = [
      ...POINTS.flat().map((value) => ["f32", value] as ["f32", number]),
      ["u8", 4] as ["u8", number],
      ...FACE.map((index) => ["i32", index] as ["i32", number]),
    ];
    const files = [
      text(header("ascii", ["element vertex 4", ...XYZ, ...FACES]) + ASCII_BODY),
      text(
        (header("ascii", ["comment made\tby hand", "element vertex 4", ...XYZ, ...FACES]) + ASCII_BODY).replaceAll(
          "\n",
          "\r\n",
        ),
      ),
      pack(header("binary_little_endian", ["element vertex 4", ...XYZ, ...FACES]), true, body),
      pack(header("binary_big_endian", ["obj_info x", "element vertex 4", ...XYZ, ...FACES]), false, body),
    ];
    for (const file of files) {
      const { mesh } = parsePly(file);
      expect([...mesh.positions]).toEqual(POINTS.flat());
      expect([...mesh.indices]).toEqual([0, 1, 2, 0, 2, 3]);
      expect(mesh.colours).toBeNull();
    }
  });

  it("may have doubles, colours, further properties, elements and lists, in any order", () => {
    const head = header("binary_little_endian", [
      "element camera 1",
      "property float focus",
      "property list uchar ushort pixels",
      "element vertex 3",
      "property uchar red",
      "property double z",
      "property double y",
      "property double x",
      "property uchar green",
      "property uchar blue",
      "property uchar alpha",
      "property float quality",
      "element face 1",
      "property uchar flags",
      "property list ushort ushort vertex_index",
      "property list uchar float texcoord",
    ]);
    const vertex = (x: number, y: number, z: number): Parameters<typeof pack>[2] => [
      ["u8", 200],
      ["f64", z],
      ["f64", y],
      ["f64", x],
      ["u8", 100],
      ["u8", 50],
      ["u8", 40],
      ["f32", 1],
    ];
    const { mesh } = parsePly(
      pack(head, true, [
        ["f32", 1],
        ["u8", 2],
        ["u16", 7],
        ["u16", 8],
        ...vertex(1, 2, 3),
        ...vertex(4, 5, 6),
        ...vertex(7, 8, 10),
        ["u8", 1],
        ["u16", 3],
        ["u16", 2],
        ["u16", 1],
        ["u16", 0],
        ["u8", 1],
        ["f32", 0.5],
      ]),
    );
    expect([...mesh.positions]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 10]);
    expect([...mesh.indices]).toEqual([2, 1, 0]);
    expect([...mesh.colours!.slice(0, 4)]).toEqual([200, 100, 50, 40]);
  });

  it("may have colours as fractions", () => {
    const head = header("ascii", [
      "element vertex 3",
      ...XYZ,
      "property float red",
      "property float green",
      "property float blue",
      ...FACES,
    ]);
    const { mesh } = parsePly(text(`${head}0 0 0 1 0.5 0\n1 0 0 0 0 1\n0 1 0 0 0 0\n3 0 1 2\n`));
    expect([...mesh.colours!]).toEqual([255, 128, 0, 255, 0, 0, 255, 255, 0, 0, 0, 255]);
  });

  it("loses faces with too few corners or with corners that are not numbers, and says how many", () => {
    const head = header("ascii", ["element vertex 4", ...XYZ, "element face 3", FACES[1]!]);
    const { dropped, mesh } = parsePly(text(`${head}0 0 0\n1 0 0\n0 1 0\nnan 0 0\n3 0 1 2\n2 0 1\n3 0 1 3\n`));
    expect(dropped).toEqual({ notFinite: 1, tooFewCorners: 1 });
    expect(mesh.indices.length).toBe(3);
  });

  it.each([
    ["a billion faces", ["element vertex 4", ...XYZ, "element face 1000000000", FACES[1]!], ASCII_BODY, "truncated"],
    ["a billion vertices", ["element vertex 1000000000", ...XYZ, ...FACES], ASCII_BODY, "truncated"],
    ["a huge list", ["element vertex 4", ...XYZ, ...FACES], ASCII_BODY.replace("4 0", "4000000000 0"), "truncated"],
    [
      "a list of half a corner",
      ["element vertex 4", ...XYZ, ...FACES],
      ASCII_BODY.replace("4 0", "2.5 0"),
      "malformed",
    ],
    [
      "a missing vertex",
      ["element vertex 4", ...XYZ, ...FACES],
      ASCII_BODY.replace("1 2 3", "1 2 4"),
      "index_out_of_range",
    ],
    [
      "a negative vertex",
      ["element vertex 4", ...XYZ, ...FACES],
      ASCII_BODY.replace("1 2 3", "1 2 -1"),
      "index_out_of_range",
    ],
    ["no z", ["element vertex 4", XYZ[0]!, XYZ[1]!, ...FACES], ASCII_BODY, "malformed"],
    ["no faces", ["element vertex 4", ...XYZ], ASCII_BODY, "no_triangles"],
    ["an unknown type", ["element vertex 4", "property quad x"], ASCII_BODY, "malformed"],
    ["a negative count", ["element vertex -4", ...XYZ], ASCII_BODY, "malformed"],
  ])("with %s is refused", (_, lines, body, code) => {
    const error = errorOf(text(header("ascii", lines) + body));
    expect(error.code).toBe(code);
    expect(error.where).toEqual({ line: expect.any(Number) });
  });

  it("names the line of a wrong word", () => {
    const file = header("ascii", ["element vertex 4", ...XYZ, ...FACES]) + ASCII_BODY.replace("10 10 0", "10 ten 0");
    expect(errorOf(text(file))).toMatchObject({ code: "malformed", where: { line: 12 } });
  });

  it("that is cut anywhere is refused, never read in part", () => {
    const file = pack(header("binary_little_endian", ["element vertex 4", ...XYZ, ...FACES]), true, [
      ...POINTS.flat().map((value) => ["f32", value] as ["f32", number]),
      ["u8", 4],
      ...FACE.map((index) => ["i32", index] as ["i32", number]),
    ]);
    for (let length = 0; length < file.length; length++)
      expect(errorOf(file.subarray(0, length))).toBeInstanceOf(MeshError);
  });
});

describe("a hollow face of a PLY", () => {
  const dart = ["0 0 0", "4 -2 0", "1 0 0", "4 2 0"];
  const area = ({ positions, indices }: ReturnType<typeof parsePly>["mesh"]) => {
    let sum = 0;
    for (let i = 0; i < indices.length; i += 3) {
      const [a, b, c] = [0, 1, 2].map((k) => indices[i + k]! * 3) as [number, number, number];
      const [ux, uy] = [positions[b]! - positions[a]!, positions[b + 1]! - positions[a + 1]!];
      const [vx, vy] = [positions[c]! - positions[a]!, positions[c + 1]! - positions[a + 1]!];
      sum += Math.abs(ux * vy - uy * vx) / 2;
    }
    return sum;
  };

  it.each([
    ["after its vertices", ["element vertex 4", ...XYZ, ...FACES], [...dart, "4 3 0 1 2"]],
    ["before its vertices", [...FACES, "element vertex 4", ...XYZ], ["4 3 0 1 2", ...dart]],
  ])("covers what it covers, %s", (_, elements, body) => {
    const { mesh } = parsePly(text(`${header("ascii", elements)}${body.join("\n")}\n`));
    expect([...mesh.indices]).toHaveLength(6);
    expect(area(mesh)).toBeCloseTo(2, 9);
  });
});

describe("triangle strips of a PLY", () => {
  const grid = ["0 0 0", "0 1 0", "1 0 0", "1 1 0", "2 0 0", "2 1 0"];
  const strips = (type: string) => ["element tristrips 1", `property list int ${type} vertex_indices`];
  /** Two strips of the grid, the second one all of its squares. */
  const list = [0, 1, 2, -1, 0, 1, 2, 3, 4, 5];
  const triangles = [0, 1, 2, 0, 1, 2, 2, 1, 3, 2, 3, 4, 4, 3, 5];

  it("are triangles that all look to the same side, in text and in both byte orders", () => {
    const head = ["element vertex 6", ...XYZ, ...strips("int")];
    const body = [
      ...grid.flatMap((point) => point.split(" ").map((value) => ["f32", Number(value)] as ["f32", number])),
      ["i32", list.length] as ["i32", number],
      ...list.map((index) => ["i32", index] as ["i32", number]),
    ];
    for (const file of [
      text(`${header("ascii", head)}${grid.join("\n")}\n${list.length} ${list.join(" ")}\n`),
      pack(header("binary_little_endian", head), true, body),
      pack(header("binary_big_endian", head), false, body),
    ]) {
      expect([...parsePly(file).mesh.indices]).toEqual(triangles);
    }
  });

  it("may be joined by corners named twice, begun anew by the largest number, and stand beside faces", () => {
    const head = ["element vertex 6", ...XYZ, "element face 1", FACES[1]!, ...strips("uint")];
    const body = `${grid.join("\n")}\n3 5 4 3\n10 0 1 2 2 3 4294967295 2 3 4 5\n`;
    expect([...parsePly(text(header("ascii", head) + body)).mesh.indices]).toEqual([
      5, 4, 3, 0, 1, 2, 2, 3, 4, 4, 3, 5,
    ]);
  });

  it("that name a vertex which does not exist are refused with the line", () => {
    const file = `${header("ascii", ["element vertex 6", ...XYZ, ...strips("int")])}${grid.join("\n")}\n3 0 1 6\n`;
    expect(errorOf(text(file))).toMatchObject({ code: "index_out_of_range", where: { line: 16 } });
    expect(errorOf(text(file.replace("3 0 1 6", "3 0 1 -2"))).code).toBe("index_out_of_range");
  });
});

describe("a PLY of another program", () => {
  const corners = "0 0 0\n1 0 0\n0 1 0\n";

  it("has the colours of its faces where its vertices have none", () => {
    const face = [...FACES, "property uchar red", "property uchar green", "property uchar blue"];
    const head = ["element vertex 4", ...XYZ, face[0]!.replace("1", "2"), ...face.slice(1)];
    const body = "0 0 0\n1 0 0\n0 1 0\n1 1 0\n3 0 1 2 200 100 0\n3 1 3 2 100 0 50\n";
    expect([...parsePly(text(header("ascii", head) + body)).mesh.colours!]).toEqual(
      [
        [200, 100, 0, 255],
        [150, 50, 25, 255],
        [150, 50, 25, 255],
        [100, 0, 50, 255],
      ].flat(),
    );
  });

  it("may have colours from 0 to 255 as floating point numbers", () => {
    const head = [
      "element vertex 3",
      ...XYZ,
      "property float red",
      "property float green",
      "property float blue",
      ...FACES,
    ];
    const body = "0 0 0 255 127.6 0\n1 0 0 0 0 255\n0 1 0 nan 0 1\n3 0 1 2\n";
    expect([...parsePly(text(header("ascii", head) + body)).mesh.colours!]).toEqual(
      [
        [255, 128, 0, 255],
        [0, 0, 255, 255],
        [255, 0, 1, 255],
      ].flat(),
    );
  });

  it("may call its list of corners as it likes when it has no other", () => {
    const head = [
      "element vertex 3",
      ...XYZ,
      FACES[0]!,
      "property list uchar int corners",
      "property list uchar float uv",
    ];
    const file = `${header("ascii", head)}${corners}3 0 1 2 2 0.5 0.5\n`;
    expect([...parsePly(text(file)).mesh.indices]).toEqual([0, 1, 2]);
  });

  it("with CR alone in its header may begin its body with the byte of an LF", () => {
    const head = header("binary_little_endian", ["element vertex 3", "property uchar kind", ...XYZ, ...FACES]);
    const vertex = (x: number, y: number) =>
      [
        ["u8", 0x0a],
        ["f32", x],
        ["f32", y],
        ["f32", 0],
      ] as Parameters<typeof pack>[2];
    const file = pack(head.replaceAll("\n", "\r"), true, [
      ...vertex(0, 0),
      ...vertex(1, 0),
      ...vertex(0, 1),
      ["u8", 3],
      ["i32", 0],
      ["i32", 1],
      ["i32", 2],
    ]);
    expect([...parsePly(file).mesh.positions]).toEqual([0, 0, 0, 1, 0, 0, 0, 1, 0]);
  });
});
