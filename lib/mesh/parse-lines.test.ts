import { describe, expect, test } from "vitest";
import { convertMesh } from "./convert-mesh.ts";
import { parseLines } from "./parse-lines.ts";
import { readPreview } from "./read-preview.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const ring = Array.from({ length: 40 }, (_, i) => {
  const angle = (i / 40) * 2 * Math.PI;
  return `${(4 * Math.cos(angle)).toFixed(4)} ${(5 * Math.sin(angle)).toFixed(4)} ${(0.3 * Math.sin(2 * angle)).toFixed(4)}`;
});

describe("a margin line", () => {
  test("is read from an OBJ with vertices and lines", () => {
    const lines = parseLines(bytes("# margin\r\nv 0 0 0\r\nv 1 0 0\r\nv 1 1 0\r\nl 1 2 3\r\nl -1 1\r\n"));
    expect([...lines!.segments]).toEqual([0, 1, 1, 2, 2, 0]);
  });

  test("is read from bare coordinates, closed where its ends meet", () => {
    expect(parseLines(bytes(ring.join("\n")))!.segments).toHaveLength(80);
    expect(parseLines(bytes(ring.slice(0, 20).join("\n")))!.segments).toHaveLength(38);
  });

  test("is no surface, no cloud of points, no letter", () => {
    expect(parseLines(bytes("v 0 0 0\nv 1 0 0\nv 1 1 0\nf 1 2 3"))).toBeNull();
    expect(parseLines(bytes("0 0 0\n1 0 0\n2 0 0\n3 0 0\n90 40 3\n4 0 0\n5 0 0\n6 0 0"))).toBeNull();
    expect(parseLines(bytes("Dear lab, the scans follow."))).toBeNull();
    expect(parseLines(bytes("v 0 0 0\nv 1 0 0\nl 1 9"))).toBeNull();
    expect(parseLines(bytes("v 0 0 0\nv nan 0 0\nl 1 2"))).toBeNull();
  });

  test("becomes a preview of lines that lies where it was drawn", async () => {
    const order = [...ring.keys(), 0].map((index) => index + 1).join(" ");
    const source = bytes(`${ring.map((point) => `v ${point}`).join("\n")}\nl ${order}\n`);
    for (const file of [source, bytes(ring.join("\n"))]) {
      const { facts, low, full } = await convertMesh(file);
      expect(facts).toMatchObject({ vertices: 40, triangles: 0, hasColour: false });
      expect(low).toBe(full);
      const read = await readPreview(full.glb);
      expect(read.indices).toHaveLength(0);
      expect(read.segments).toHaveLength(80);
      const at = read.segments![0]! * 3;
      const wanted = ring[0]!.split(" ").map(Number);
      for (const axis of [0, 1, 2])
        expect(Math.abs(read.positions[at + axis]! - wanted[axis]!)).toBeLessThanOrEqual(facts.maxErrorUm / 1000);
      expect(facts.maxErrorUm).toBeLessThan(1);
    }
  });
});
