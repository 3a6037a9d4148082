import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { afterAll, expect, it } from "vitest";
import { Chance, faultSeeds } from "#lib/testing/chance.ts";
import { listArchive } from "./list-archive.ts";
import { locateSevenZip } from "./locate-seven-zip.ts";
import { ScanError } from "./scan-error.ts";
import { unpackArchive } from "./unpack-archive.ts";

/** F41 and F42 with lots drawn: names that lead somewhere else, and archives that grow. */

const root = mkdtempSync(join(tmpdir(), "casebench-seeded-archives-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const BYTES = Buffer.from("v 1 2 3\n".repeat(500));

async function pack(folder: string, ...switches: string[]): Promise<string> {
  const archive = join(folder, "scan.7z");
  const { path } = await locateSevenZip();
  execFileSync(path, ["a", "-bd", ...switches, archive, "."], { cwd: join(folder, "source"), stdio: "ignore" });
  return archive;
}

const PIECES = [
  "../",
  "..\\",
  "/",
  "\\",
  "C:",
  "//x/",
  "./",
  "aux",
  "con.",
  "\u0000",
  "\u202e",
  "*",
  "?",
  "@",
  "-o",
  " ",
  ".",
  "ä",
  "$(x)",
  "`",
  "\n",
];
const LENGTH = 24;

/** A name as long as the one that was packed, of pieces that careless programs follow. */
function hostileName(chance: Chance): string {
  let name = "";
  while (name.length < LENGTH) name += chance.next() < 0.6 ? chance.pick(PIECES) : "a";
  return name.slice(0, LENGTH);
}

/** 7z's signature header (7zFormat.txt): offset, size and CRC of the list of files at 12, 20, 28; their own CRC at 8. */
function repairChecksums(archive: Buffer): void {
  const start = 32 + Number(archive.readBigUInt64LE(12));
  const size = Number(archive.readBigUInt64LE(20));
  archive.writeUInt32LE(crc32(archive.subarray(start, start + size)), 28);
  archive.writeUInt32LE(crc32(archive.subarray(12, 32)), 8);
}

const everything = (folder: string) => readdirSync(folder, { recursive: true }).map(String).sort();

it.each(faultSeeds())("F41: no name of an archive leads anywhere (seed %d)", async (seed) => {
  const chance = new Chance(seed);
  const folder = join(root, `names-${seed}`);
  const target = join(folder, "target");
  mkdirSync(join(folder, "source"), { recursive: true });
  mkdirSync(target);
  const plain = "b".repeat(LENGTH);
  writeFileSync(join(folder, "source", plain), BYTES);
  const archive = await pack(folder, "-mhc=off", "-m0=Copy");
  const bytes = readFileSync(archive);
  const before = everything(folder);
  for (let n = 0; n < 6; n++) {
    const name = hostileName(chance);
    const altered = Buffer.from(bytes);
    Buffer.from(name, "utf16le").copy(altered, altered.indexOf(Buffer.from(plain, "utf16le")));
    repairChecksums(altered);
    writeFileSync(archive, altered);
    // The vendor's manifest is hostile as well, or honest.
    const item = { name: chance.pick([name, plain]), bytes: BYTES.length, hash: null };
    const unpacked = await unpackArchive(archive, [item], { directory: target }).catch((error: unknown) => {
      expect(error).toBeInstanceOf(ScanError);
      return [];
    });
    for (const file of unpacked) {
      expect(file.path.startsWith(`${target}/`)).toBe(true);
      expect(readFileSync(file.path).equals(BYTES)).toBe(true);
      rmSync(file.path);
    }
    expect(everything(folder)).toEqual(before);
  }
});

it.each(faultSeeds())("F42: an archive that grows beyond bounds is refused at once (seed %d)", async (seed) => {
  const chance = new Chance(seed);
  const folder = join(root, `bombs-${seed}`);
  const target = join(folder, "target");
  mkdirSync(join(folder, "source"), { recursive: true });
  mkdirSync(target);
  const isMany = chance.next() < 0.3;
  const size = (32 + chance.below(160)) * 1024 * 1024;
  for (let n = 0; n < (isMany ? 65 + chance.below(100) : 1); n++) {
    writeFileSync(join(folder, "source", `${n}.obj`), isMany ? `v ${n}` : "");
    if (!isMany) truncateSync(join(folder, "source", `${n}.obj`), size);
  }
  const archive = await pack(folder, "-mx1", `-m0=${chance.pick(["LZMA2", "LZMA", "BZip2", "Deflate"])}`);
  const began = performance.now();
  // An honest manifest does not make it better, nor does a small one.
  const item = { name: "0.obj", bytes: chance.pick([size, 3]), hash: null };
  await expect(unpackArchive(archive, [item], { directory: target })).rejects.toBeInstanceOf(ScanError);
  await expect(listArchive(archive)).rejects.toBeInstanceOf(ScanError);
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(readdirSync(target)).toEqual([]);
});
