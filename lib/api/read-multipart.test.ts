import { expect, test } from "vitest";
import { readMultipart, UnreadableForm } from "#lib/api/read-multipart.ts";

const BOUNDARY = "----cb7d1";
const FILE = Buffer.from("\r\n--\r\n----cb7d\r\n------cb7d\r\n\x00\xff%PDF");

function form(...parts: (string | Buffer)[][]): Buffer {
  const pieces = parts.flatMap(([head = "", body = ""]) => [`--${BOUNDARY}\r\n${head}\r\n\r\n`, body, "\r\n"]);
  return Buffer.concat([...pieces, `--${BOUNDARY}--\r\n`].map((piece) => Buffer.from(piece as string)));
}
const note = ['Content-Disposition: form-data; name="note"', "first"];
const paper = [
  'content-disposition: form-data; name="document"; filename="a %22b%22.pdf"\r\nContent-Type: application/pdf',
  FILE,
];

async function* pieces(bytes: Uint8Array, length: number) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function readAll(bytes: Uint8Array, length = 7) {
  const found: { name: string; fileName: string | null; type: string; bytes: Buffer }[] = [];
  for await (const { body, ...part } of readMultipart(pieces(bytes, length), BOUNDARY)) {
    const all: Buffer[] = [];
    for await (const piece of body) all.push(piece);
    found.push({ ...part, bytes: Buffer.concat(all) });
  }
  return found;
}

test("fields and files come as they were sent, in whatever pieces they arrive", async () => {
  const whole = form(note, paper);
  for (const length of [1, 2, 3, 5, 64, whole.length])
    expect(await readAll(whole, length)).toEqual([
      { name: "note", fileName: null, type: "", bytes: Buffer.from("first") },
      { name: "document", fileName: 'a "b".pdf', type: "application/pdf", bytes: FILE },
    ]);
});

test("a part that nobody reads is passed over", async () => {
  const names: string[] = [];
  for await (const { name } of readMultipart(pieces(form(note, paper, note), 9), BOUNDARY)) names.push(name);
  expect(names).toEqual(["note", "document", "note"]);
});

test("a form is read the way fetch writes it", async () => {
  const given = new FormData();
  given.set("audio", new File([FILE], "größe.wav", { type: "audio/wav" }));
  const request = new Request("http://x.example", { method: "POST", body: given });
  const boundary = /boundary=(.+)$/.exec(request.headers.get("content-type")!)![1]!;
  for await (const { name, fileName, type, body } of readMultipart(request.body!, boundary)) {
    expect({ name, fileName, type }).toEqual({ name: "audio", fileName: "größe.wav", type: "audio/wav" });
    for await (const _ of body);
  }
});

test("a form cut off at any byte is refused, and so is a head without end", async () => {
  const whole = form(note, paper);
  for (let length = 0; length < whole.length - 4; length++)
    await expect(readAll(whole.subarray(0, length))).rejects.toThrow(UnreadableForm);
  await expect(readAll(form([`X: ${"a".repeat(9_000)}`, ""]))).rejects.toThrow(UnreadableForm);
  await expect(readAll(form(["Content-Type: text/plain", "x"]))).rejects.toThrow(UnreadableForm);
  await expect(readAll(form(...Array.from({ length: 60 }, () => note)))).rejects.toThrow(UnreadableForm);
});
