import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { respondVendorFile } from "#lib/api/respond-vendor-file.ts";

const BYTES = Buffer.from("0123456789");
const ask = (range?: string) => new Request("http://localhost/x", { headers: range ? { range } : {} });
const opened = (more: object = {}) => ({
  body: Readable.from([BYTES.subarray(0, 4), BYTES.subarray(4)], { objectMode: false }),
  type: "audio/wav",
  part: null,
  totalBytes: BYTES.length as number | null,
  ...more,
});
const read = async (response: Response) => ({
  status: response.status,
  range: response.headers.get("content-range"),
  length: response.headers.get("content-length"),
  text: await response.text(),
});

test("a whole file comes whole", async () => {
  const answer = await read(respondVendorFile(ask(), opened()));
  expect(answer).toEqual({ status: 200, range: null, length: "10", text: "0123456789" });
});

test.each([
  ["bytes=2-6", "bytes 2-6/10", "23456"],
  ["bytes=0-", "bytes 0-9/10", "0123456789"],
  ["bytes=-3", "bytes 7-9/10", "789"],
  ["bytes=4-4", "bytes 4-4/10", "4"],
])("%s is cut out of a file that the vendor sends whole", async (range, expected, text) => {
  const answer = await read(respondVendorFile(ask(range), opened()));
  expect(answer).toEqual({ status: 206, range: expected, length: String(text.length), text });
});

test("a part that the vendor cut is passed on as it is", async () => {
  const body = Readable.from([BYTES.subarray(2, 5)], { objectMode: false });
  const answer = await read(respondVendorFile(ask("bytes=2-4"), opened({ body, part: { start: 2, end: 4 } })));
  expect(answer).toEqual({ status: 206, range: "bytes 2-4/10", length: "3", text: "234" });
});

test("a file of unknown length comes whole, whatever was asked for", async () => {
  const answer = await read(respondVendorFile(ask("bytes=2-4"), opened({ totalBytes: null })));
  expect(answer).toEqual({ status: 200, range: null, length: null, text: "0123456789" });
});

test("a file that breaks off breaks off here, too", async () => {
  async function* broken() {
    yield BYTES.subarray(0, 4);
    throw new Error("gone");
  }
  const body = () => Readable.from(broken(), { objectMode: false });
  await expect(respondVendorFile(ask(), opened({ body: body() })).text()).rejects.toThrow();
  await expect(respondVendorFile(ask("bytes=2-8"), opened({ body: body() })).text()).rejects.toThrow();
});
