import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { sampleMesh } from "../sample-mesh.ts";
import { drawPicture, type PicturePart } from "./draw-picture.ts";
import { encodePng } from "./encode-png.ts";

const arch = (stone: PicturePart["stone"], liftMm = 0): PicturePart => {
  const { positions, indices } = sampleMesh(120, 12);
  return { positions: new Float32Array(positions.map((v, i) => (i % 3 === 2 ? v + liftMm : v))), indices, stone };
};

test("a case is drawn whole, on nothing, and fills its picture", () => {
  const { rgba, width, height } = drawPicture([arch("upper", 12), arch("lower")], 96, 64);
  const drawn = [...Array(width * height).keys()].filter((pixel) => rgba[pixel * 4 + 3]! > 0);
  const [columns, rows] = [drawn.map((pixel) => pixel % width), drawn.map((pixel) => Math.floor(pixel / width))];
  expect(drawn.length).toBeGreaterThan(width * height * 0.1);
  expect(Math.min(...columns)).toBeGreaterThan(0);
  expect(Math.max(...columns)).toBeLessThan(width - 1);
  expect(
    Math.max(...columns) - Math.min(...columns) > width * 0.9 || Math.max(...rows) - Math.min(...rows) > height * 0.9,
  ).toBe(true);
  expect(rgba[3]).toBe(0);
});

test("what is nearer hides what is behind it", () => {
  const sheet = (z: number, stone: PicturePart["stone"]): PicturePart => ({
    positions: Float32Array.from([-9, z, -9, 9, z, -9, 9, z, 9, -9, z, 9]),
    indices: Uint32Array.from([0, 1, 2, 0, 2, 3]),
    stone,
  });
  const warmth = (parts: PicturePart[]) => {
    const { rgba } = drawPicture(parts, 32, 32);
    const middle = (16 * 32 + 16) * 4;
    return rgba[middle]! - rgba[middle + 2]!;
  };
  // The usual scanner's axes: the face looks along -y.
  const [upperInFront, lowerInFront] = [
    warmth([sheet(-3, "upper"), sheet(3, "lower")]),
    warmth([sheet(3, "upper"), sheet(-3, "lower")]),
  ];
  expect(upperInFront).toBeGreaterThan(lowerInFront);
});

test("the PNG holds the very pixels", () => {
  const picture = drawPicture([arch("lower")], 24, 16);
  const png = Buffer.from(encodePng(picture));
  expect(png.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([24, 16]);
  const at = png.indexOf("IDAT");
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  expect(unfilter(rows, 24 * 4)).toEqual(Buffer.from(picture.rgba));
});

/** Undoes the Paeth filter, written from the standard's §9.4 by itself. */
function unfilter(rows: Buffer, stride: number): Buffer {
  const plain = Buffer.alloc((rows.length / (stride + 1)) * stride);
  for (let i = 0; i < plain.length; i++) {
    const [row, column] = [Math.floor(i / stride), i % stride];
    const a = column >= 4 ? plain[i - 4]! : 0;
    const b = row > 0 ? plain[i - stride]! : 0;
    const c = row > 0 && column >= 4 ? plain[i - stride - 4]! : 0;
    const nearest = [a, b, c].toSorted((x, y) => Math.abs(a + b - c - x) - Math.abs(a + b - c - y))[0]!;
    plain[i] = rows[row * (stride + 1) + 1 + column]! + nearest;
  }
  return plain;
}
