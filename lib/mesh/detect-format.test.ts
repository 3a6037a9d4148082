import { describe, expect, it } from "vitest";
import { detectFormat } from "./detect-format.ts";
import { sampleMesh } from "./sample-mesh.ts";
import { writeObj } from "./write-obj.ts";
import { writePly } from "./write-ply.ts";
import { writeStl } from "./write-stl.ts";

const mesh = sampleMesh(3, 2);
const text = (value: string) => new TextEncoder().encode(value);

describe("the format of a file", () => {
  it("is told by its content", () => {
    expect(detectFormat(writeObj(mesh))).toBe("obj");
    expect(detectFormat(writeStl(mesh))).toBe("stl");
    expect(detectFormat(writePly(mesh))).toBe("ply");
    expect(detectFormat(text("\uFEFF# comment\r\n\r\n  v 1 2 3\r\n"))).toBe("obj");
    expect(detectFormat(text("  solid x\nfacet normal 0 0 1\n"))).toBe("stl");
  });

  it("is OBJ for a text that is padded with zeros", () => {
    expect(detectFormat(text("v 0 0 0\nf 1 1 1\n\0\0\0"))).toBe("obj");
  });

  it("does not depend on a wrong ending of the name", () => {
    expect(detectFormat(writePly(mesh), "stl")).toBe("ply");
    expect(detectFormat(writeObj(mesh), "ply")).toBe("obj");
  });

  it("is STL for whole records behind a wrong count", () => {
    const bytes = writeStl(mesh);
    new DataView(bytes.buffer).setUint32(80, 1, true);
    expect(detectFormat(bytes)).toBe("stl");
  });

  it.each([
    ["nothing", new Uint8Array(0)],
    ["a 7-Zip archive", Uint8Array.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4, 0, 0])],
    ["a web page", text("<html><body>Access denied</body></html>")],
    ["an XML error of a file store", text('<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>')],
  ])("is not found in %s", (_, bytes) => {
    expect(() => detectFormat(bytes)).toThrow(expect.objectContaining({ code: "not_a_mesh" }));
  });
});
