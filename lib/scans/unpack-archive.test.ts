import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listArchive } from "./list-archive.ts";
import { locateSevenZip } from "./locate-seven-zip.ts";
import { ScanError } from "./scan-error.ts";
import { type ManifestItem, unpackArchive } from "./unpack-archive.ts";

const root = mkdtempSync(join(tmpdir(), "casebench-archives-"));
let sevenZip = "";
let folder = "";
let target = "";
let count = 0;

beforeAll(async () => {
  sevenZip = (await locateSevenZip()).path;
});
beforeEach(() => {
  folder = join(root, `case-${++count}`);
  target = join(folder, "target");
  mkdirSync(target, { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const OBJ = Buffer.from(Array.from({ length: 5000 }, (_, i) => `v ${i / 7} ${i / 3} ${i}\n`).join(""));

/** Packs files with the real 7-Zip; returns the archive's path. */
function pack(files: Record<string, Buffer>, ...switches: string[]): string {
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, "source", name, ".."), { recursive: true });
    writeFileSync(join(folder, "source", name), bytes);
  }
  const archive = join(folder, "scan.7z");
  execFileSync(sevenZip, ["a", "-bd", ...switches, archive, "."], { cwd: join(folder, "source"), stdio: "ignore" });
  return archive;
}

const md5 = (bytes: Buffer, encoding: "hex" | "base64" = "hex") => createHash("md5").update(bytes).digest(encoding);
const itemOf = (name: string, bytes: Buffer, hash: string | null = md5(bytes)): ManifestItem => ({
  name,
  bytes: bytes.length,
  hash,
});

async function failureOf(archive: string, manifest: ManifestItem[]): Promise<string> {
  try {
    await unpackArchive(archive, manifest, { directory: target });
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    expect(readdirSync(target)).toEqual([]);
    return error.code;
  }
  return "unpacked";
}

describe("unpacking a vendor's archive", () => {
  it("gives the bytes that were packed, under a name of ours, with both digests", async () => {
    const archive = pack({ "mandible.obj": OBJ });
    const [file] = await unpackArchive(archive, [itemOf("mandible.obj", OBJ)], { directory: target });
    expect(readFileSync(file!.path)).toEqual(OBJ);
    expect(file).toMatchObject({
      name: "mandible.obj",
      bytes: OBJ.length,
      md5: md5(OBJ),
      sha256: createHash("sha256").update(OBJ).digest("hex"),
    });
    expect(file!.path).not.toContain("mandible");
    expect(file!.path.startsWith(target)).toBe(true);
  });

  it.each(["LZMA", "LZMA2", "PPMd", "BZip2", "Deflate", "Copy"])("reads the method %s", async (method) => {
    const archive = pack({ "a.obj": OBJ }, `-m0=${method}`);
    const [file] = await unpackArchive(archive, [itemOf("a.obj", OBJ)], { directory: target });
    expect(file!.md5).toBe(md5(OBJ));
  });

  it("gives several files of a solid archive, in the manifest's order, also with blanks, accents and wildcards in names", async () => {
    const files = {
      "upper jaw.obj": OBJ,
      "ünterkiefer.obj": OBJ.subarray(9),
      "a*.obj": OBJ.subarray(50),
      "ab.obj": OBJ.subarray(99),
    };
    const archive = pack(files);
    const manifest = Object.entries(files).map(([name, bytes]) => itemOf(name, Buffer.from(bytes)));
    const unpacked = await unpackArchive(archive, manifest, { directory: target });
    expect(unpacked.map(({ name, md5 }) => [name, md5])).toEqual(manifest.map(({ name, hash }) => [name, hash]));
  });

  it("F41: does not take a name for a switch or a list of names", async () => {
    const files = { "-oX.obj": OBJ, "@list": OBJ.subarray(5) };
    const archive = pack(files);
    const manifest = Object.entries(files).map(([name, bytes]) => itemOf(name, Buffer.from(bytes)));
    expect(await unpackArchive(archive, manifest, { directory: target })).toHaveLength(2);
  });

  it("F40: accepts the vendor's hash as hex or base64, in any case, as MD5 or SHA-256, or none", async () => {
    const archive = pack({ "a.obj": OBJ });
    const sha = createHash("sha256").update(OBJ);
    const hashes = [
      md5(OBJ),
      md5(OBJ).toUpperCase(),
      md5(OBJ, "base64"),
      sha.copy().digest("hex"),
      sha.digest("base64"),
      null,
    ];
    for (const hash of hashes) {
      expect(await unpackArchive(archive, [itemOf("a.obj", OBJ, hash)], { directory: target })).toHaveLength(1);
    }
  });

  it("F40: refuses content that differs from the manifest's hash or size", async () => {
    const archive = pack({ "a.obj": OBJ });
    expect(await failureOf(archive, [itemOf("a.obj", OBJ, md5(Buffer.from("other")))])).toBe("hash_mismatch");
    expect(await failureOf(archive, [itemOf("a.obj", OBJ, "crc32:1234")])).toBe("hash_mismatch");
    expect(await failureOf(archive, [itemOf("a.obj", OBJ, "")])).toBe("hash_mismatch");
    expect(await failureOf(archive, [{ ...itemOf("a.obj", OBJ), bytes: OBJ.length - 1 }])).toBe("size_mismatch");
  });

  it("refuses an archive that lacks a file of the manifest, or has one more", async () => {
    const archive = pack({ "a.obj": OBJ, "b.obj": OBJ });
    expect(await failureOf(archive, [itemOf("a.obj", OBJ), itemOf("c.obj", OBJ)])).toBe("entry_missing");
    expect(await failureOf(archive, [itemOf("a.obj", OBJ)])).toBe("archive_refused");
    expect(await failureOf(archive, [])).toBe("archive_refused");
  });

  it("F41: refuses links", async () => {
    mkdirSync(join(folder, "source"));
    symlinkSync("/etc/passwd", join(folder, "source", "b.obj"));
    const archive = pack({ "a.obj": OBJ }, "-snl");
    expect(await failureOf(archive, [itemOf("a.obj", OBJ), { name: "b.obj", bytes: 11, hash: null }])).toBe(
      "archive_refused",
    );
  });

  it("F42: refuses encrypted files and encrypted lists of files", async () => {
    expect(await failureOf(pack({ "a.obj": OBJ }, "-psecret"), [itemOf("a.obj", OBJ)])).toBe("archive_refused");
    rmSync(join(folder, "scan.7z"));
    expect(await failureOf(pack({ "a.obj": OBJ }, "-psecret", "-mhe=on"), [itemOf("a.obj", OBJ)])).toBe(
      "archive_refused",
    );
  });

  it("F41: refuses names that lead out of a folder", async () => {
    const archive = pack({ "aa/bb.obj": OBJ }, "-mhc=off", "-m0=Copy");
    const bytes = readFileSync(archive);
    const stored = Buffer.from("aa/bb.obj", "utf16le");
    // The list's checksums are repaired, so that only the name is wrong.
    for (const name of ["../bb.obj", "/a/bb.obj", "C:/bb.obj", "aa//b.obj", "aa/..//..", "a\\\\bb.obj"]) {
      const altered = Buffer.from(bytes);
      Buffer.from(name, "utf16le").copy(altered, altered.indexOf(stored));
      repairChecksums(altered);
      writeFileSync(archive, altered);
      expect([name, await failureOf(archive, [itemOf(name, OBJ)])]).toEqual([name, "archive_refused"]);
    }
    expect(readdirSync(folder).sort()).toEqual(["scan.7z", "source", "target"]);
  });

  it("F42: refuses a bomb by its ratio, before unpacking", async () => {
    mkdirSync(join(folder, "source"));
    writeFileSync(join(folder, "source", "a.obj"), "");
    truncateSync(join(folder, "source", "a.obj"), 512 * 1024 * 1024);
    const archive = pack({}, "-mx1");
    const started = performance.now();
    expect(await failureOf(archive, [{ name: "a.obj", bytes: 512 * 1024 * 1024, hash: null }])).toBe("archive_refused");
    expect(performance.now() - started).toBeLessThan(5000);
    await expect(
      listArchive(archive, { limits: { entries: 64, bytes: 1024, ratio: 1e9, dictionaryBytes: 1e9 } }),
    ).rejects.toMatchObject({
      code: "too_large",
    });
  });

  it("F42: refuses hundreds of entries and dictionaries that take too much memory", async () => {
    const many = Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`${i}.obj`, OBJ.subarray(0, i + 1)]));
    expect(await failureOf(pack(many), [])).toBe("archive_refused");
    const limits = { entries: 64, bytes: 1e9, ratio: 200, dictionaryBytes: 1024 * 1024 };
    for (const method of ["LZMA2:d=2m", "LZMA:d=24", "PPMd:mem=3m"]) {
      rmSync(folder, { recursive: true });
      const archive = pack({ "a.obj": Buffer.concat(Array.from({ length: 40 }, () => OBJ)) }, `-m0=${method}`);
      await expect(listArchive(archive, { limits })).rejects.toMatchObject({ code: "archive_refused" });
    }
  });

  it("refuses other formats, whatever the name says", async () => {
    writeFileSync(join(folder, "a.txt"), OBJ);
    const zip = join(folder, "scan.zip");
    execFileSync(sevenZip, ["a", "-tzip", zip, join(folder, "a.txt")], { stdio: "ignore" });
    expect(await failureOf(zip, [itemOf("a.txt", OBJ)])).toBe("archive_unreadable");
    writeFileSync(join(folder, "scan.7z"), "<Error><Code>AccessDenied</Code></Error>");
    expect(await failureOf(join(folder, "scan.7z"), [itemOf("a.txt", OBJ)])).toBe("archive_unreadable");
  });

  it("F39: never publishes a truncated or corrupt archive", async () => {
    const archive = pack({ "a.obj": OBJ });
    const bytes = readFileSync(archive);
    const damage = fc.record({
      at: fc.nat(bytes.length - 1),
      flip: fc.integer({ min: 1, max: 255 }),
      cut: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, flip, cut }) => {
        const damaged = cut ? bytes.subarray(0, at) : Buffer.from(bytes);
        if (!cut) damaged[at]! ^= flip;
        writeFileSync(archive, damaged);
        const outcome = await unpackArchive(archive, [itemOf("a.obj", OBJ)], { directory: target }).then(
          ([file]) => readFileSync(file!.path).equals(OBJ),
          (error) => error instanceof ScanError && readdirSync(target).length === 0,
        );
        expect(outcome).toBe(true);
        for (const name of readdirSync(target)) rmSync(join(target, name));
      }),
      { numRuns: 40 },
    );
  }, 30_000);

  it("stops at the deadline and when nobody waits any more", async () => {
    const archive = pack({ "a.obj": OBJ });
    const manifest = [itemOf("a.obj", OBJ)];
    const processLimits = { cpuSeconds: 60, memoryBytes: 512 * 1024 * 1024, deadlineMs: 1 };
    await expect(unpackArchive(archive, manifest, { directory: target, processLimits })).rejects.toMatchObject({
      code: "timed_out",
    });
    const signal = AbortSignal.abort();
    await expect(unpackArchive(archive, manifest, { directory: target, signal })).rejects.toMatchObject({
      code: "cancelled",
    });
    expect(readdirSync(target)).toEqual([]);
  });

  it("gives an archive no more memory than its limit", async () => {
    const size = 64 * 1024 * 1024;
    const archive = pack({ "a.obj": Buffer.alloc(size) }, "-m0=LZMA2:d=48m:fb=5");
    const processLimits = { cpuSeconds: 60, memoryBytes: 24 * 1024 * 1024, deadlineMs: 20_000 };
    const archiveLimits = { entries: 64, bytes: 1e9, ratio: 1e9, dictionaryBytes: 1e9 };
    await expect(
      unpackArchive(archive, [{ name: "a.obj", bytes: size, hash: null }], {
        directory: target,
        processLimits,
        archiveLimits,
      }),
    ).rejects.toMatchObject({ name: "ScanError" });
    expect(readdirSync(target)).toEqual([]);
  });
});

/** 7z's signature header (7zFormat.txt): offset, size and CRC of the list of files at 12, 20, 28; their own CRC at 8. */
function repairChecksums(archive: Buffer): void {
  const start = 32 + Number(archive.readBigUInt64LE(12));
  const size = Number(archive.readBigUInt64LE(20));
  archive.writeUInt32LE(crc32(archive.subarray(start, start + size)), 28);
  archive.writeUInt32LE(crc32(archive.subarray(12, 32)), 8);
}

function crc32(bytes: Buffer): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
