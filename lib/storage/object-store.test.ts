import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import S3rver from "@20minutes/s3rver";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ObjectStore } from "./object-store.ts";
import { openObjectStore } from "./open-object-store.ts";

const root = mkdtempSync(join(tmpdir(), "casebench-objects-"));
const server = new S3rver({
  directory: join(root, "s3"),
  port: 0,
  address: "127.0.0.1",
  silent: true,
  configureBuckets: [{ name: "casebench", configs: [] }],
});
const stores: Record<string, ObjectStore> = {};

beforeAll(async () => {
  const { port } = await server.run();
  const bucket = (address: string) => openObjectStore(`s3://${address}`, join(root, "data-s3"));
  stores["a folder"] = openObjectStore(undefined, join(root, "data"));
  stores["a bucket"] = bucket(`S3RVER:S3RVER@casebench/scans?endpoint=http://127.0.0.1:${port}`);
  stores["a bucket that is not there"] = bucket(`S3RVER:S3RVER@nowhere?endpoint=http://127.0.0.1:${port}`);
  stores["a bucket with other credentials"] = bucket(`S3RVER:wrong@casebench?endpoint=http://127.0.0.1:${port}`);
  stores["no server"] = bucket("S3RVER:S3RVER@casebench?endpoint=http://127.0.0.1:9");
});
afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const UNKNOWN = sha256(Buffer.from("never stored"));

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe.each(["a folder", "a bucket"])("objects in %s", (kind) => {
  const open = () => stores[kind]!;
  const content = Buffer.from(`the scan in ${kind} `.repeat(5000));

  it("come back byte for byte under the hash of their content, from a file and from a stream", async () => {
    const store = open();
    const path = join(await store.makeWorkFolder(), "scan.part");
    writeFileSync(path, content);
    const stored = { sha256: sha256(content), bytes: content.length };
    expect(await store.putFile(path)).toEqual(stored);
    expect(() => readFileSync(path)).toThrow("ENOENT");
    expect(await store.putStream(Readable.from([content]))).toEqual(stored);
    expect(await store.stat(stored.sha256)).toEqual(stored);
    expect(await buffer(await store.open(stored.sha256))).toEqual(content);
  });

  it("are read in ranges", async () => {
    const { sha256: name } = await open().putStream(Readable.from([content]));
    expect(await buffer(await open().open(name, { start: 5, end: 9 }))).toEqual(content.subarray(5, 10));
    expect(await buffer(await open().open(name, { start: content.length - 3, end: content.length - 1 }))).toEqual(
      content.subarray(-3),
    );
  });

  it("may be empty", async () => {
    const { sha256: name, bytes } = await open().putStream(Readable.from([]));
    expect(bytes).toBe(0);
    expect(await buffer(await open().open(name))).toHaveLength(0);
  });

  it("that do not exist are missing, not an error of the store", async () => {
    expect(await open().stat(UNKNOWN)).toBeNull();
    expect(await open().has(UNKNOWN)).toBe(false);
    await expect(open().open(UNKNOWN)).rejects.toMatchObject({ code: "not_found" });
    await open().remove(UNKNOWN);
  });

  it("have no other names than hashes", async () => {
    for (const name of ["../../etc/passwd", "", UNKNOWN.toUpperCase(), `${UNKNOWN}/x`]) {
      await expect(open().open(name)).rejects.toMatchObject({ code: "not_found" });
    }
  });

  it("are gone after removal", async () => {
    const { sha256: name } = await open().putStream(Readable.from(["short-lived"]));
    await open().remove(name);
    expect(await open().has(name)).toBe(false);
  });

  it("are listed with when they were stored, and nothing that is on its way", async () => {
    const store = open();
    const before = Date.now();
    const { sha256 } = await store.putStream(Readable.from(["listed"]));
    await store.makeWorkFolder();
    const listed = [];
    for await (const object of store.list()) listed.push(object);
    expect(listed.every((object) => /^[0-9a-f]{64}$/.test(object.sha256))).toBe(true);
    const storedAt = listed.find((object) => object.sha256 === sha256)?.storedAt.getTime();
    // Servers tell whole seconds.
    expect(storedAt).toBeGreaterThanOrEqual(before - 1_000);
    expect(storedAt).toBeLessThanOrEqual(Date.now() + 1_000);
  });

  it("F45: that are too large, or whose source fails, leave nothing behind", async () => {
    const store = open();
    await expect(store.putStream(Readable.from([content]), { limitBytes: 100 })).rejects.toMatchObject({
      code: "too_large",
    });
    const failing = new Readable({
      read() {
        this.push("half of it");
        this.destroy(new Error("the line broke"));
      },
    });
    await expect(store.putStream(failing)).rejects.toMatchObject({ code: "unavailable" });
    const folder = join(root, kind === "a folder" ? "data/objects/incoming" : "data-s3/incoming");
    expect(filesBelow(folder)).toEqual([]);
  });

  it("F45: on their way are removed once nobody has touched them for ten minutes", async () => {
    const store = open();
    const folder = await store.makeWorkFolder();
    writeFileSync(join(folder, "half.part"), "half");
    expect(await store.removeAbandoned(Date.now())).toBe(0);
    const longAgo = new Date(Date.now() - 11 * 60_000);
    utimesSync(folder, longAgo, longAgo);
    expect(await store.removeAbandoned(Date.now())).toBe(0);
    utimesSync(join(folder, "half.part"), longAgo, longAgo);
    utimesSync(folder, longAgo, longAgo);
    expect(await store.removeAbandoned(Date.now())).toBeGreaterThanOrEqual(1);
    expect(() => readdirSync(folder)).toThrow("ENOENT");
  });

  it("F45: that were damaged fail instead of ending, and are healed by being stored again", async () => {
    const bytes = Buffer.from(`soon damaged in ${kind} `.repeat(500));
    const { sha256: name } = await open().putStream(Readable.from([bytes]));
    const stored = filesBelow(root).find((path) => path.includes(name) && readFileSync(path).equals(bytes))!;
    const damaged = Buffer.from(bytes);
    damaged[1234]! ^= 1;
    writeFileSync(stored, damaged);
    await expect(open().open(name).then(buffer)).rejects.toMatchObject({ code: "corrupt" });
    await open().putStream(Readable.from([bytes]));
    expect(await buffer(await open().open(name))).toEqual(bytes);
  });
});

describe("a store", () => {
  it("whose bucket does not exist says it is unavailable, not that the object is missing", async () => {
    await expect(stores["a bucket that is not there"]!.open(UNKNOWN)).rejects.toMatchObject({ code: "unavailable" });
    await expect(stores["a bucket that is not there"]!.putStream(Readable.from(["x"]))).rejects.toMatchObject({
      code: "unavailable",
    });
  });

  it("that refuses our credentials, or is not there, says it is unavailable", async () => {
    for (const kind of ["a bucket with other credentials", "no server"]) {
      await expect(stores[kind]!.stat(UNKNOWN)).rejects.toMatchObject({ code: "unavailable" });
      await expect(stores[kind]!.open(UNKNOWN)).rejects.toMatchObject({ code: "unavailable" });
    }
  });

  it("is refused by the setting's name when its address is none", () => {
    for (const url of ["http://bucket", "s3://", "nonsense"]) {
      expect(() => openObjectStore(url, root)).toThrow("OBJECT_STORE_URL");
    }
  });
});
