import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import type { Endpoint } from "#lib/vendors/endpoint.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { createVendorHttp, type Surroundings } from "#lib/vendors/http.ts";
import { sendJson, startTestServer, type TestServer } from "#lib/vendors/test-server.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

const read: Endpoint<z.ZodType<{ id: number }>> = {
  dialect: { vendor: "acme", headers: (session) => ({ Authorization: `Bearer ${session.accessToken}` }) },
  name: "getThing",
  method: "GET",
  path: "/v1/things/{id}",
  section: "1",
  response: z.looseObject({ id: z.number() }),
  repeat: "read",
  permission: "read",
};
const once: typeof read = { ...read, method: "PUT", path: "/v1/things/{id}/accept", repeat: "once" };
const DEADLINES = { connectMs: 1_000, headersMs: 300, idleMs: 300, totalMs: 600 };

let server: TestServer;
afterEach(() => server.close());

/** A portal whose clock moves only when it sleeps. */
function portal(change: Partial<Surroundings> = {}) {
  const clock = { now: 1_000_000, slept: [] as number[] };
  const http = createVendorHttp({
    now: () => clock.now,
    sleep: async (ms) => {
      clock.slept.push(Math.round(ms));
      clock.now += ms;
    },
    random: () => 0.5,
    ...change,
  });
  const session: VendorSession = {
    connectionId: "c1",
    organisationId: "o1",
    baseUrl: server.url,
    accessToken: "secret-token",
    groupKey: null,
    region: "default",
  };
  const call = (endpoint = read, id: string | number = 7) => http.vendorFetch(session, endpoint, { params: { id } });
  return { ...http, clock, session, call };
}

const failureOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => expect.unreachable("did not fail"),
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(VendorError);
  return error as VendorError;
};

test("exactly the vendor's headers are sent, and ids cannot leave their place in the path", async () => {
  server = await startTestServer((_, response) => sendJson(response, { id: 7, more: "kept" }));
  const { call } = portal();
  expect((await call(read, "a/b=+ ä@x")).value).toEqual({ id: 7, more: "kept" });
  expect(server.requests[0]).toMatchObject({
    target: "/v1/things/a%2Fb%3D%2B%20%C3%A4@x",
    headers: { host: server.host, connection: "keep-alive", Authorization: "Bearer secret-token" },
  });
  expect(Object.keys(server.requests[0]!.headers)).toHaveLength(3);
  for (const id of ["..", ".", ""]) expect((await failureOf(call(read, id))).kind).toBe("not_found");
  expect(server.requests).toHaveLength(1);
});

test("a read survives two failures and is sent three times", async () => {
  server = await startTestServer((_, response, n) =>
    n < 3 ? sendJson(response, {}, 503) : sendJson(response, { id: n }),
  );
  const { call, clock } = portal();
  expect((await call()).value.id).toBe(3);
  expect(clock.slept).toEqual([200, 400]);
});

test("a decision is sent once, and a failure of the vendor's leaves it in doubt", async () => {
  server = await startTestServer((_, response) => sendJson(response, {}, 502));
  const error = await failureOf(portal().call(once));
  expect(error).toMatchObject({ kind: "unavailable", status: 502, noEffect: false });
  expect(server.requests).toHaveLength(1);
});

test("a connection that is refused surely had no effect", async () => {
  server = await startTestServer(() => {});
  await server.close();
  const error = await failureOf(portal().call(once));
  expect(error).toMatchObject({ kind: "unavailable", status: null, noEffect: true });
});

test.each([
  [400, "invalid"],
  [401, "token"],
  [403, "scope"],
  [404, "not_found"],
  [409, "conflict"],
] as const)("%i is %s, answered once, with no effect", async (status, kind) => {
  server = await startTestServer((_, response) => sendJson(response, {}, status));
  expect(await failureOf(portal().call())).toMatchObject({ kind, status, noEffect: true });
  expect(server.requests).toHaveLength(1);
});

test("F14: the vendor's text stays out of our errors", async () => {
  const text = "Invalid token: secret-token <script>alert(1)</script>\r\n\u001b[31mSeolah.Jeon";
  server = await startTestServer((_, response) =>
    sendJson(response, { error: text, message: text.repeat(1_000) }, 400),
  );
  const { message } = await failureOf(portal().call());
  expect(message).toMatch(/^GET \/v1\/things\/\{id\}: 400 invalid \(body [0-9a-f]{12}\)$/);
});

test.each([
  ["a sign-in page", { "content-type": "text/html" }, "<html>Welcome to Guest-WiFi</html>"],
  ["half of an answer", { "content-type": "application/json" }, '{"id": 7'],
  ["another record than documented", { "content-type": "application/json" }, '{"id": "seven"}'],
  ["nothing", { "content-type": "application/json" }, ""],
] as const)("F14: a 200 with %s is bad content", async (_, headers, body) => {
  server = await startTestServer((_request, response) => response.writeHead(200, headers).end(body));
  expect((await failureOf(portal().call())).kind).toBe("bad_content");
});

test("F14: a bomb is bad content, not memory", async () => {
  const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, 0x20));
  const headers = { "content-type": "application/json", "content-encoding": "gzip" };
  server = await startTestServer((_, response) => response.writeHead(200, headers).end(bomb));
  expect((await failureOf(portal().call())).kind).toBe("bad_content");
});

test("a redirect is not followed: the token goes nowhere else", async () => {
  server = await startTestServer((_, response) =>
    response.writeHead(302, { location: `${server.url}/elsewhere` }).end(),
  );
  expect((await failureOf(portal().call())).kind).toBe("bad_content");
  expect(server.requests).toHaveLength(1);
});

test("F12: a short pause after 429 is waited out, and nobody calls before it is over", async () => {
  server = await startTestServer((_, response, n) =>
    n === 1 ? sendJson(response, {}, 429, { "retry-after": "2" }) : sendJson(response, { id: n }),
  );
  const { call, clock } = portal();
  await call();
  expect(clock.slept[0]).toBeGreaterThanOrEqual(2_000);
  expect(server.requests).toHaveLength(2);
});

test("F12: a long pause is told to the job, and calls within it are not sent", async () => {
  server = await startTestServer((_, response, n) =>
    n === 1 ? sendJson(response, {}, 429, { "retry-after": "86400" }) : sendJson(response, { id: n }),
  );
  const { call, clock, describeLane, session } = portal();
  const first = await failureOf(call());
  expect(first).toMatchObject({ kind: "rate_limited", status: 429, noEffect: true });
  expect(first.retryAfterMs).toBeGreaterThanOrEqual(900_000);
  expect(first.retryAfterMs).toBeLessThan(901_000);
  const second = await failureOf(call());
  expect(second).toMatchObject({ kind: "rate_limited", status: null });
  expect(describeLane(session).pausedUntil).toBeGreaterThan(clock.now);
  expect(server.requests).toHaveLength(1);
  clock.now += 901_000;
  expect((await call()).value.id).toBe(2);
});

test("F10: a vendor that is down gets five calls and then a look now and then, until it is back", async () => {
  let isUp = false;
  server = await startTestServer((_, response) => (isUp ? sendJson(response, { id: 1 }) : sendJson(response, {}, 500)));
  const { call, clock, describeLane, session } = portal();
  for (let i = 0; i < 50; i++) await failureOf(call());
  expect(server.requests.length).toBeLessThanOrEqual(6);
  expect(describeLane(session).breaker.state).toBe("open");
  const error = await failureOf(call());
  expect(error).toMatchObject({ kind: "unavailable", noEffect: true });
  isUp = true;
  clock.now += 60_000;
  expect((await call()).value.id).toBe(1);
  expect(describeLane(session).breaker.state).toBe("closed");
});

test("F10: retries amplify a storm of failures by a fifth at most", async () => {
  server = await startTestServer((_, response, n) =>
    n % 2 ? sendJson(response, {}, 500) : sendJson(response, { id: n }),
  );
  const { call } = portal();
  for (let i = 0; i < 200; i++) await call().catch(() => {});
  expect(server.requests.length).toBeLessThanOrEqual(242);
});

test("F10: one organisation's breaker is not another's", async () => {
  server = await startTestServer((_, response) => sendJson(response, {}, 500));
  const { call, vendorFetch, session } = portal();
  for (let i = 0; i < 10; i++) await failureOf(call());
  const before = server.requests.length;
  const other = { ...session, organisationId: "o2", connectionId: "c2" };
  await failureOf(vendorFetch(other, once, { params: { id: 1 } }));
  expect(server.requests).toHaveLength(before + 1);
});

test("F11: silence ends at the headers' deadline", async () => {
  server = await startTestServer(() => {});
  const started = performance.now();
  const error = await failureOf(portal({ deadlines: DEADLINES }).call(once));
  expect(error).toMatchObject({ kind: "timeout", noEffect: false });
  expect(performance.now() - started).toBeLessThan(DEADLINES.headersMs + 1_000);
});

test("F11: a body that trickles ends at the total deadline", async () => {
  server = await startTestServer((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const timer = setInterval(() => response.write(" "), 50);
    response.on("close", () => clearInterval(timer));
  });
  const started = performance.now();
  const error = await failureOf(portal({ deadlines: DEADLINES }).call(once));
  expect(error.kind).toBe("timeout");
  expect(performance.now() - started).toBeLessThan(DEADLINES.totalMs + 1_000);
});

test("an answer cut off half-way is a failure of the network", async () => {
  server = await startTestServer((_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
    response.write('{"id":', () => response.destroy());
  });
  expect(await failureOf(portal().call(once))).toMatchObject({ kind: "unavailable", noEffect: false });
});

test("a caller that gives up gets its own reason back, and the vendor no black mark", async () => {
  server = await startTestServer(() => {});
  const { session, vendorFetch, describeLane } = portal();
  const reason = new Error("the worker stops");
  const controller = new AbortController();
  const call = vendorFetch({ ...session, signal: controller.signal }, read, { params: { id: 1 } });
  controller.abort(reason);
  await expect(call).rejects.toBe(reason);
  expect(describeLane(session).breaker.failures).toBe(0);
});

test("an answer without a body stands for what the endpoint says", async () => {
  server = await startTestServer((request, response) =>
    response.writeHead(request.target.endsWith("0") ? 200 : 204).end(),
  );
  const { call } = portal();
  const listed = { ...read, standIns: { 204: { id: 0 } } };
  expect((await call(listed, 1)).value).toEqual({ id: 0 });
  expect((await call({ ...listed, repeat: "once" }, 10)).value).toEqual({ id: 0 });
});

test("F14: 200 without a body is no empty list", async () => {
  server = await startTestServer((_, response) => response.writeHead(200).end());
  const { call } = portal();
  expect((await failureOf(call({ ...read, standIns: { 204: { id: 0 } } }))).kind).toBe("bad_content");
});

test("F14: an answer packed in an unknown way is refused, and nothing is left that nobody catches", async () => {
  server = await startTestServer((_, response) =>
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "zstd" }).end("{}".repeat(9_000)),
  );
  expect((await failureOf(portal().call(read))).kind).toBe("bad_content");
});

test("F18: a host that cannot prove who it is gets no request, and surely did nothing", async () => {
  server = await startTestServer((_, response) => sendJson(response, { id: 1 }));
  const { session, vendorFetch } = portal();
  const impostor = { ...session, baseUrl: server.url.replace("http:", "https:") };
  const error = await failureOf(vendorFetch(impostor, once, { params: { id: 1 } }));
  expect(error).toMatchObject({ kind: "unavailable", status: null, noEffect: true });
  expect(server.requests).toHaveLength(0);
});
