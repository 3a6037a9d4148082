import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, expect, test } from "vitest";
import { purgeIncoming, withIncomingFile } from "#lib/api/incoming-file.ts";

const data = mkdtempSync(join(tmpdir(), "casebench-incoming-"));
process.env.DATA_DIR = data;
const folder = join(data, "incoming");
afterAll(() => rmSync(data, { recursive: true, force: true }));

const MB = 1024 * 1024;
const PIECE = Buffer.alloc(MB, "dictation ");

/** A form with a file of so many MB, which is made as it is read. */
function upload(megabytes: number, field = "audio"): Request {
  async function* form() {
    yield Buffer.from(
      `--b\r\nContent-Disposition: form-data; name="${field}"; filename="a.wav"\r\nContent-Type: audio/wav\r\n\r\n`,
    );
    for (let n = 0; n < megabytes; n++) yield PIECE;
    yield Buffer.from("\r\n--b--\r\n");
  }
  const headers = { "content-type": "multipart/form-data; boundary=b" };
  return new Request("http://x.example", {
    method: "POST",
    headers,
    body: Readable.toWeb(Readable.from(form())) as ReadableStream,
    duplex: "half",
  } as RequestInit);
}

test("a dictation of 150 MB passes over the disk, byte for byte, and is gone when the work is done", async () => {
  const { name, type, size, hash } = await withIncomingFile(upload(150), async (take) => {
    const file = await take("audio", 500 * MB);
    expect(readdirSync(folder)).toHaveLength(1);
    const sum = createHash("sha256");
    for await (const piece of file.stream()) sum.update(piece);
    return { name: file.name, type: file.type, size: file.size, hash: sum.digest("hex") };
  });
  const sum = createHash("sha256");
  for (let n = 0; n < 150; n++) sum.update(PIECE);
  expect({ name, type, size, hash }).toEqual({
    name: "a.wav",
    type: "audio/wav",
    size: 150 * MB,
    hash: sum.digest("hex"),
  });
  expect(readdirSync(folder)).toEqual([]);
});

test("what is too large, empty or no form is refused, and nothing stays", async () => {
  const take = (request: Request, field = "audio") =>
    withIncomingFile(request, (file) => file(field, 2 * MB)).catch((error) => error.code);
  expect(await take(upload(3))).toBe("too_large");
  expect(await take(upload(0))).toBe("invalid_body");
  expect(await take(upload(1), "document")).toBe("invalid_body");
  expect(await take(new Request("http://x.example", { method: "POST", body: "x" }))).toBe("invalid_body");
  const declared = new Request("http://x.example", { method: "POST", headers: { "content-length": `${9 * MB}` } });
  expect(await take(declared)).toBe("too_large");
  const failed = withIncomingFile(upload(1), async (file) => {
    await file("audio", 2 * MB);
    throw new Error("the vendor is away");
  });
  await expect(failed).rejects.toThrow("the vendor is away");
  expect(readdirSync(folder)).toEqual([]);
});

test("what a killed process left behind is removed after an hour", async () => {
  writeFileSync(join(folder, "left"), "x");
  writeFileSync(join(folder, "young"), "x");
  utimesSync(join(folder, "left"), new Date(0), new Date(0));
  expect(await purgeIncoming(new Date())).toBe(1);
  expect(readdirSync(folder)).toEqual(["young"]);
});
