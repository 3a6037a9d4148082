import { createHash, randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { afterEach, beforeAll, expect, test } from "vitest";
import { downloadSigned, type SignedDownload } from "#lib/vendors/download-signed.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { startTestServer, type TestServer } from "#lib/vendors/test-server.ts";
import { uploadSigned } from "#lib/vendors/upload-signed.ts";

const FILE = randomBytes(300_000);
const XML = '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Key>Seolah.Jeon</Key></Error>';
let server: TestServer;
afterEach(() => server.close());
// Loopback is allowed by name only: the tests' storage has to be named like an operator's.
beforeAll(() => {
  process.env.ALLOWED_DOWNLOAD_HOSTS = "127.0.0.1";
});

const download = (change: Partial<SignedDownload> = {}) =>
  downloadSigned({
    vendor: "meditlink",
    url: `${server.url}/f.7z?X-Amz-Signature=deadbeef`,
    allowedHosts: ["*.s3.amazonaws.com"],
    maxBytes: 1_000_000,
    ...change,
  });
const failureOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => expect.unreachable("did not fail"),
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(VendorError);
  expect(String((error as Error).stack)).not.toMatch(/deadbeef|Seolah/);
  return error as VendorError;
};
const serve = (
  response: ServerResponse,
  status: number,
  headers: Record<string, string | number>,
  body: Buffer | string,
) => response.writeHead(status, headers).end(body);

test("a file arrives byte by byte as it was, and nothing of the session is sent along", async () => {
  server = await startTestServer((_, response) =>
    serve(response, 200, { etag: '"v1"', "content-length": FILE.length }, FILE),
  );
  const opened = await download();
  expect(opened).toMatchObject({ startsAt: 0, totalBytes: FILE.length, etag: '"v1"' });
  expect((await buffer(opened.body)).equals(FILE)).toBe(true);
  expect(Object.keys(server.requests[0]!.headers).sort()).toEqual(["connection", "host"]);
});

test("F38: a broken transfer goes on where it stopped, if the file is the same", async () => {
  server = await startTestServer((request, response) => {
    expect(request.headers).toMatchObject({ Range: "bytes=100000-", "If-Range": '"v1"' });
    serve(response, 206, { "content-range": `bytes 100000-299999/300000` }, FILE.subarray(100_000));
  });
  const opened = await download({ range: { from: 100_000, etag: '"v1"' } });
  expect(opened).toMatchObject({ startsAt: 100_000, totalBytes: 300_000 });
  expect((await buffer(opened.body)).equals(FILE.subarray(100_000))).toBe(true);
});

test("F38: a storage that knows no ranges sends the file from its start, and says so", async () => {
  server = await startTestServer((_, response) => serve(response, 200, {}, FILE));
  expect((await download({ range: { from: 100_000, etag: null } })).startsAt).toBe(0);
});

test("F38: a file that was packed for the way arrives as it was, and a range of something packed is refused", async () => {
  const packed = gzipSync(FILE);
  server = await startTestServer(({ headers }, response) =>
    headers.Range
      ? serve(response, 206, { "content-range": "bytes 5-9/10", "content-encoding": "gzip" }, FILE.subarray(5, 10))
      : serve(response, 200, { "content-length": packed.length, "content-encoding": "gzip" }, packed),
  );
  const opened = await download();
  expect(opened.totalBytes).toBeNull();
  expect((await buffer(opened.body)).equals(FILE)).toBe(true);
  expect((await failureOf(download({ range: { from: 5, etag: null } }))).kind).toBe("bad_content");
});

test("F42: a small bomb in the place of a file is cut off at the size a file may have", async () => {
  const bomb = gzipSync(Buffer.alloc(40_000_000));
  server = await startTestServer((_, response) => serve(response, 200, { "content-encoding": "gzip" }, bomb));
  expect((await failureOf(buffer((await download()).body))).kind).toBe("bad_content");
});

test("F38: another range than the one asked for is refused", async () => {
  server = await startTestServer((_, response) =>
    serve(response, 206, { "content-range": "bytes 0-9/300000" }, FILE.subarray(0, 10)),
  );
  expect((await failureOf(download({ range: { from: 5, etag: null } }))).kind).toBe("bad_content");
});

test.each([
  [403, "link_expired"],
  [400, "link_expired"],
  [404, "not_found"],
  [503, "rate_limited"],
  [500, "unavailable"],
  [302, "bad_content"],
] as const)("F38: a storage's %i is %s, and its page is no file", async (status, kind) => {
  server = await startTestServer((_, response) =>
    serve(response, status, { "content-type": "application/xml", location: "http://10.0.0.1/" }, XML),
  );
  expect((await failureOf(download())).kind).toBe(kind);
  expect(server.requests).toHaveLength(1);
});

test("F38: a 200 with an error page is no file either", async () => {
  server = await startTestServer((_, response) => serve(response, 200, { "content-type": "application/xml" }, XML));
  expect((await failureOf(download())).kind).toBe("bad_content");
});

test("F39: a body shorter than it said fails instead of ending", async () => {
  server = await startTestServer((_, response) => {
    response.writeHead(200, { "content-length": FILE.length });
    response.write(FILE.subarray(0, 1_000), () => response.destroy());
  });
  const opened = await download();
  expect((await failureOf(buffer(opened.body))).kind).toBe("unavailable");
});

test("F42: a file larger than it may be is refused by its length, or cut off without one", async () => {
  server = await startTestServer((_, response, n) =>
    serve(response, 200, n === 1 ? { "content-length": FILE.length } : {}, FILE),
  );
  expect((await failureOf(download({ maxBytes: 1_000 }))).kind).toBe("bad_content");
  const opened = await download({ maxBytes: 1_000 });
  expect((await failureOf(buffer(opened.body))).kind).toBe("bad_content");
});

test("F11: a transfer that stalls ends at the idle deadline", async () => {
  server = await startTestServer((_, response) => {
    response.writeHead(200, { "content-length": FILE.length });
    response.write(FILE.subarray(0, 1_000));
  });
  const opened = await download({ deadlines: { connectMs: 500, headersMs: 500, idleMs: 200, totalMs: 700 } });
  expect((await failureOf(buffer(opened.body))).kind).toBe("timeout");
});

test("an address that the vendor does not use is not dialled", async () => {
  server = await startTestServer((_, response) => serve(response, 200, {}, FILE));
  const url = server.url.replace("127.0.0.1", "localhost");
  expect((await failureOf(download({ url }))).kind).toBe("address_refused");
  expect(server.requests).toHaveLength(0);
});

const md5 = createHash("md5").update(FILE).digest("base64");
const upload = (body: Readable | Buffer, onSent?: (bytes: number) => void) =>
  uploadSigned({
    vendor: "meditlink",
    url: `${server.url}/x.tmp?X-Amz-Signature=deadbeef`,
    allowedHosts: [],
    body,
    ...(onSent ? { onSent } : {}),
    bytes: FILE.length,
    headers: { "Content-MD5": md5, "Content-Type": "model/obj" },
  });

test("§3.4.3: a file is put with its hash, type and length, and nothing else", async () => {
  server = await startTestServer((_, response) => serve(response, 200, {}, ""));
  await upload(Readable.from([FILE.subarray(0, 1_000), FILE.subarray(1_000)], { objectMode: false }));
  expect(server.requests[0]).toMatchObject({ method: "PUT", target: "/x.tmp?X-Amz-Signature=deadbeef" });
  const { host: _host, connection: _connection, ...headers } = server.requests[0]!.headers;
  expect(headers).toEqual({ "Content-MD5": md5, "Content-Type": "model/obj", "content-length": "300000" });
});

test("how far a file has come is told on the way, up to its whole length", async () => {
  server = await startTestServer((_, response) => serve(response, 200, {}, ""));
  const told: number[] = [];
  const parts = [FILE.subarray(0, 100_000), FILE.subarray(100_000, 250_000), FILE.subarray(250_000)];
  await upload(Readable.from(parts, { objectMode: false }), (bytes) => told.push(bytes));
  expect(told.length).toBeGreaterThan(1);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(told.at(-1)).toBe(FILE.length);
});

test("§3.4.3: a storage that refuses the signature asks for a new registration", async () => {
  server = await startTestServer((_, response) => serve(response, 403, { "content-type": "application/xml" }, XML));
  expect((await failureOf(upload(FILE))).kind).toBe("link_expired");
});
