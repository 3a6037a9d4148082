import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, expect, it } from "vitest";
import { Chance, faultSeeds } from "#lib/testing/chance.ts";
import { openObjectStore } from "./open-object-store.ts";

const root = mkdtempSync(join(tmpdir(), "casebench-seeded-objects-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** Bytes in pieces; `fails` after so many of them. */
function source(content: Buffer, chance: Chance, fails: number | null): Readable {
  let at = 0;
  return new Readable({
    read() {
      const next = Math.min(content.length, at + 1 + chance.below(40_000));
      if (fails !== null && next >= fails) return void this.destroy(new Error("EIO"));
      this.push(at < content.length ? content.subarray(at, next) : null);
      at = next;
    },
  });
}

it.each(faultSeeds())(
  "F45: wherever writing breaks off, what is listed is whole and nothing else lies about (seed %d)",
  async (seed) => {
    const chance = new Chance(seed);
    const folder = join(root, String(seed));
    const store = openObjectStore(undefined, folder);
    const kept = new Set<string>();
    for (let round = 0; round < 12; round++)
      await Promise.all(
        Array.from({ length: 1 + chance.below(6) }, async () => {
          const content = Buffer.alloc(chance.below(200_000), `${chance.pick(["a", "b", "c"])}${chance.below(3)}`);
          const fate = chance.pick(["whole", "whole", "breaks", "too large"] as const);
          const fails = fate === "breaks" ? chance.below(content.length + 1) : null;
          const limit = fate === "too large" ? { limitBytes: chance.below(content.length + 1) } : {};
          const put = store.putStream(source(content, chance, fails), limit);
          const isWhole = fate === "whole" || (fate === "too large" && (limit.limitBytes ?? 0) >= content.length);
          if (!isWhole)
            return void (await expect(put).rejects.toMatchObject({
              code: expect.stringMatching(/^(unavailable|too_large)$/),
            }));
          expect(await put).toEqual({ sha256: sha256(content), bytes: content.length });
          kept.add(sha256(content));
        }),
      );
    const listed: string[] = [];
    for await (const object of store.list()) listed.push(object.sha256);
    expect(listed.sort()).toEqual([...kept].sort());
    for (const name of listed) expect(sha256(await buffer(await store.open(name)))).toBe(name);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const file of files) expect(sha256(readFileSync(join(file.parentPath, file.name)))).toBe(file.name);
  },
);
