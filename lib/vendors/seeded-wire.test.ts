import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, expect, it } from "vitest";
import { z } from "zod";
import { Chance, faultSeeds } from "#lib/testing/chance.ts";
import type { Endpoint } from "#lib/vendors/endpoint.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { createVendorHttp } from "#lib/vendors/http.ts";
import { newDispatcher } from "#lib/vendors/send-request.ts";

/** F11 below HTTP: a host that says as little as it likes, as slowly as it likes. */

const DEADLINES = { connectMs: 300, headersMs: 250, idleMs: 200, totalMs: 500 };
const endpoint: Endpoint = {
  dialect: { vendor: "acme", headers: () => ({}) },
  name: "getThing",
  method: "GET",
  path: "/v1/things",
  section: "1",
  response: z.looseObject({ id: z.number() }),
  repeat: "once",
  permission: "read",
};
const WHOLE = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 8\r\n\r\n{"id":1}';

let server: Server;
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  server.close();
  await once(server, "close");
});

async function call(answer: (socket: Socket) => void) {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    socket.once("data", () => answer(socket));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  const { vendorFetch } = createVendorHttp({ deadlines: DEADLINES, dispatcher: newDispatcher(DEADLINES) });
  const session = { connectionId: "c", organisationId: "o", accessToken: "t", groupKey: null, region: "default" };
  return vendorFetch({ ...session, baseUrl: `http://127.0.0.1:${port}` }, endpoint);
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

it.each(faultSeeds())("F11: whatever is left out or dripped, no call outlives its deadline (seed %d)", async (seed) => {
  const chance = new Chance(seed);
  const cut = chance.below(WHOLE.length);
  const dripMs = 20 + chance.below(200);
  const way = chance.pick(["silence", "stops", "drips", "headers without end", "body without end"] as const);
  const began = performance.now();
  const failure = await failureOf(
    call((socket) => {
      if (way === "silence") return;
      if (way === "headers without end") {
        socket.write("HTTP/1.1 200 OK\r\n");
        const timer = setInterval(() => socket.write(`x-${chance.below(1e6)}: y\r\n`), 5);
        return void socket.on("close", () => clearInterval(timer));
      }
      if (way === "body without end") {
        socket.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n");
        const timer = setInterval(() => socket.write(" "), 10);
        return void socket.on("close", () => clearInterval(timer));
      }
      socket.write(WHOLE.slice(0, cut));
      if (way === "stops") return;
      let at = cut;
      const timer = setInterval(() => socket.write(WHOLE[at++ % WHOLE.length]!), dripMs);
      socket.on("close", () => clearInterval(timer));
    }),
  );
  expect(performance.now() - began).toBeLessThan(DEADLINES.totalMs + 1_000);
  // A quick drip may even be through in time.
  if (failure !== null || way !== "drips") expect(failure).toBeInstanceOf(VendorError);
  if (failure !== null) expect(["timeout", "bad_content", "unavailable"]).toContain((failure as VendorError).kind);
});

const LIES = [
  'HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n{"id":1}',
  'HTTP/1.1 200 OK\r\ncontent-length: 800\r\n\r\n{"id":1}',
  'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{"id":1}',
  'HTTP/1.1 200 OK\r\ncontent-length: 8\r\ncontent-length: 9\r\n\r\n{"id":1}',
  'HTTP/1.1 200 OK\r\ncontent-length: 8\r\ntransfer-encoding: chunked\r\n\r\n{"id":1}',
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{"id":1}',
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\n{"id":1}',
  "HTTP/1.1 999 OK\r\ncontent-length: 0\r\n\r\n",
  "HTTP/9.9 200 OK\r\n\r\n",
  "SSH-2.0-OpenSSH_9.6\r\n",
  "220 mail ready\r\n",
  "\u0000\u0001\u0002",
  "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n",
  "HTTP/1.1 100 Continue\r\n\r\n",
  `HTTP/1.1 200 OK\r\nx: ${"y".repeat(200_000)}\r\n\r\n`,
  `HTTP/1.1 200 OK\r\n${"x: y\r\n".repeat(20_000)}\r\n`,
];
it.each(LIES.map((lie) => [JSON.stringify(lie.slice(0, 60)), lie]))(
  "a host that answers %s is no vendor, and stops nothing",
  async (_, lie) => {
    const failure = await failureOf(call((socket) => socket.end(lie)));
    expect(failure).toBeInstanceOf(VendorError);
    expect((failure as VendorError).message).not.toMatch(/[\r\n]/);
  },
);

const HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
const latin1 = (text: string) => Buffer.from(text, "latin1");
const utf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
const ODD_BUT_RIGHT: Record<string, string | Buffer> = {
  "in HTTP/1.0, up to its end": 'HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n{"id":1}',
  "after a thousand hints": `${"HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n".repeat(1_000)}${WHOLE}`,
  "with a mark of its byte order": `${HEAD}content-length: 11\r\n\r\n\ufeff{"id":1}`,
  "in pieces with notes and a trailer": `${HEAD}transfer-encoding: chunked\r\n\r\n4;a=b\r\n{"id\r\n4\r\n":1}\r\n0\r\nx: y\r\n\r\n`,
  "with more behind its end": `${HEAD}content-length: 8\r\n\r\n{"id":1}HTTP/1.1 200 OK\r\ncontent-length: 8\r\n\r\n{"id":2}`,
  "with a key twice": `${HEAD}content-length: 15\r\n\r\n{"id":2,"id":1}`,
  "without a reason": `HTTP/1.1 200\r\ncontent-length: 8\r\n\r\n{"id":1}`,
  "with white space around": `${HEAD}content-length: 14\r\n\r\n \r\n {"id":1}\t\n`,
  "in UTF-16 with a mark": Buffer.concat([latin1(`${HEAD}content-length: 18\r\n\r\n`), utf16('{"id":1}')]),
};
it.each(Object.entries(ODD_BUT_RIGHT))("an answer %s is taken", async (_, answer) => {
  expect((await call((socket) => socket.end(answer))).value).toMatchObject({ id: 1 });
});
