import { Readable } from "node:stream";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { readBoundedBody, UnreadableBody } from "#lib/vendors/read-bounded-body.ts";

const body = (...chunks: Buffer[]) => Readable.from(chunks, { objectMode: false });

test("a body up to the limit is read whole", async () => {
  expect(await readBoundedBody(body(Buffer.from("ab"), Buffer.from("c")), undefined, 3)).toEqual(Buffer.from("abc"));
});

test("F15: a body without end is left at the limit and its stream closed", async () => {
  let sent = 0;
  const endless = Readable.from(
    (function* () {
      for (;;) {
        sent += 1_000;
        yield Buffer.alloc(1_000);
      }
    })(),
    { objectMode: false, highWaterMark: 1_000 },
  );
  await expect(readBoundedBody(endless, undefined, 10_000)).rejects.toBeInstanceOf(UnreadableBody);
  expect(sent).toBeLessThan(20_000);
  expect(endless.destroyed).toBe(true);
});

test("F14: a small bomb that unpacks to 64 MB is left at the limit", async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  await expect(readBoundedBody(body(bomb), "gzip", 1_000_000)).rejects.toBeInstanceOf(UnreadableBody);
});

test("a packed answer that nobody asked for is read all the same", async () => {
  expect(String(await readBoundedBody(body(gzipSync("{}")), "GZIP"))).toBe("{}");
  expect(String(await readBoundedBody(body(brotliCompressSync("{}")), "br"))).toBe("{}");
});

test("an encoding that nobody knows is refused", async () => {
  await expect(readBoundedBody(body(Buffer.from("x")), "zstd-9")).rejects.toBeInstanceOf(UnreadableBody);
});
