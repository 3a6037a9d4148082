import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contentDisposition, safeFileName, uniqueFileName } from "./safe-file-name.ts";

describe("a file name for a download", () => {
  it.each([
    ["mandible.obj", "mandible.obj"],
    ["../../etc/passwd", "_.._etc_passwd"],
    ["C:\\Windows\\x.stl", "C_Windows_x.stl"],
    ["aux.stl", "_aux.stl"],
    ["한국어 스캔.obj", "한국어 스캔.obj"],
    ["evil\u202egpj.exe\u0000", "evilgpj.exe"],
    ["...", "file"],
    ["a  b .ply. ", "a b .ply"],
  ])("%j becomes %j", (given, name) => {
    expect(safeFileName(given)).toBe(name);
  });

  it("is never a path, empty, too long or cut inside a character, whatever the vendor wrote", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff), { maxLength: 200 }), (units) => {
        const name = safeFileName(String.fromCharCode(...units));
        const isShort = name.length > 0 && name.length <= 121;
        return isShort && !/[/\\\p{Cc}]|^\.|[. ]$/u.test(name) && encodeURIComponent(name) !== "";
      }),
    );
  });

  it("keeps its ending when it is cut", () => {
    expect(safeFileName(`${"x".repeat(300)}.meditMesh`)).toMatch(/^x+\.meditMesh$/);
  });

  it("is told apart from one that is there, also on systems that ignore case", () => {
    const taken = new Set<string>();
    const names = ["a.obj", "a.obj", "A.OBJ", "a (2).obj", "b"].map((name) => uniqueFileName(name, taken));
    expect(names).toEqual(["a.obj", "a (2).obj", "A (3).OBJ", "a (2) (2).obj", "b"]);
  });

  it("travels in a header as RFC 6266 says", () => {
    expect(contentDisposition("attachment", 'Jörg "x".obj')).toBe(
      `attachment; filename="J_rg _x_.obj"; filename*=UTF-8''J%C3%B6rg%20%22x%22.obj`,
    );
  });
});
