import { readFileSync } from "node:fs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { cadmus } from "#lib/vendors/cadmus/connector.ts";
import { sendJson, startTestServer, type TestServer } from "#lib/vendors/test-server.ts";
import type { PasswordAuth } from "#lib/vendors/vendor-auth.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** Every operation as it goes over the wire, compared with the guide's curl examples. */

const page = () => JSON.parse(readFileSync(new URL("./fixtures/case-page.json", import.meta.url), "utf8"));
const SIGNED = {
  url: "https://storage.googleapis.com/cadmus_collector_bucket/x&X-Goog-Signature=y",
  filename: "upper.stl",
  fileType: "stl",
  expiresAt: "2026-03-09T10:45:00Z",
};
const TOKEN = { token: "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.x.y", expiresAt: "2026-03-09T18:30:00Z" };

let server: TestServer;
let session: VendorSession;
let answer: (target: string) => { status?: number; body: unknown; headers?: Record<string, string> };

beforeAll(async () => {
  server = await startTestServer((request, response) => {
    const { status = 200, body, headers } = answer(request.target);
    sendJson(response, body, status, headers);
  });
  process.env.CADMUS_API_URL = server.url;
  session = {
    connectionId: "c",
    organisationId: "o",
    baseUrl: server.url,
    accessToken: "jwt",
    groupKey: null,
    region: "default",
  };
});
beforeEach(() => {
  server.requests.length = 0;
  answer = () => ({ body: page() });
});
afterAll(() => server.close());

const lines = () => server.requests.map(({ method, target }) => `${method} ${target}`);
const signIn = () => (cadmus.auth as PasswordAuth).signIn({ email: "you@example.com", password: "your-password" });

test("Authentication: e-mail and password go as JSON, and nothing else", async () => {
  answer = () => ({ body: TOKEN, headers: { date: "Mon, 09 Mar 2026 10:30:00 GMT" } });
  const before = Date.now();
  const tokens = await signIn();
  expect(lines()).toEqual(["POST /auth/login"]);
  expect(server.requests[0]!.headers["Content-Type"]).toBe("application/json");
  expect(JSON.parse(server.requests[0]!.body)).toEqual({ email: "you@example.com", password: "your-password" });
  expect(tokens).toMatchObject({ accessToken: TOKEN.token, refreshToken: null, refreshExpiresAt: null });
  // F07: 8 hours by the vendor's own clock, whatever ours says.
  expect(Math.round((tokens.accessExpiresAt.getTime() - before) / 60_000)).toBe(480);
});

test("a token without a readable expiry lives 8 hours", async () => {
  answer = () => ({ body: { token: "t", expiresAt: "tonight" } });
  expect(Math.round(((await signIn()).accessExpiresAt.getTime() - Date.now()) / 60_000)).toBe(480);
});

test.each([
  [401, "credentials"],
  [400, "credentials"],
  [429, "rate_limited"],
  [500, "unavailable"],
] as const)("F04: a sign-in answered %i is %s, and is tried once", async (status, kind) => {
  answer = () => ({ status, body: { message: "wrong: your-password" } });
  await expect(signIn()).rejects.toMatchObject({ kind, message: `POST /auth/login: ${status} ${kind}` });
  expect(lines()).toHaveLength(1);
});

test("Retrieving orders: pages count from one, days are UTC's", async () => {
  const read = await cadmus.orders!.page(session, {
    from: new Date("2026-03-08T23:30:00Z"),
    to: new Date("2026-03-09T00:30:00Z"),
    page: 0,
    pageSize: 20,
  });
  expect(lines()).toEqual(["GET /unified-cases?page=1&pageSize=20&from=2026-03-08&to=2026-03-09"]);
  expect(server.requests[0]!.headers).toMatchObject({ Authorization: "Bearer jwt" });
  expect(Object.keys(server.requests[0]!.headers).sort()).toEqual(["Authorization", "connection", "host"]);
  expect(read).toMatchObject({ total: 183, orders: [{ number: "42", whole: true }] });
});

test("one case is found on its day, and only else by looking through all", async () => {
  const near = new Date("2026-03-08T09:14:00Z");
  expect((await cadmus.orders!.get(session, "42", near)).number).toBe("42");
  expect(lines()).toEqual(["GET /unified-cases?page=1&pageSize=20&from=2026-03-07&to=2026-03-09"]);
  server.requests.length = 0;
  answer = (target) =>
    target.includes("from=")
      ? { body: { items: [], total: 0 } }
      : { body: target.includes("page=2") ? { ...page(), total: 40 } : { items: [{ id: 1 }], total: 40 } };
  expect((await cadmus.orders!.get(session, "42", near)).number).toBe("42");
  expect(lines()).toHaveLength(3);
});

test("a case that is nowhere is not found", async () => {
  await expect(cadmus.orders!.get(session, "43")).rejects.toMatchObject({ kind: "not_found" });
});

test("Downloading files: name and type make the call", async () => {
  answer = () => ({ body: SIGNED });
  const located = await cadmus.files!.locate(session, {
    orderNumber: "42",
    fileKey: "stl:upper jaw.stl",
    fileName: "upper jaw.stl",
    format: "original",
  });
  expect(lines()).toEqual(["GET /unified-cases/42/files/upper%20jaw.stl?fileType=stl"]);
  expect(located).toEqual({
    ready: true,
    url: SIGNED.url,
    expiresAt: new Date("2026-03-09T10:45:00Z"),
    downloadName: "upper.stl",
    packing: "none",
    manifest: null,
  });
});

test("Order form: one PDF per case, also when it is asked for as a file", async () => {
  const { fileType: _, ...form } = SIGNED;
  answer = () => ({ body: { ...form, filename: "DS Core_orderform.pdf" } });
  const located = await cadmus.files!.orderForm!(session, "42");
  await cadmus.files!.locate(session, { orderNumber: "42", fileKey: "order_form", fileName: "x", format: "original" });
  expect(lines()).toEqual(Array(2).fill("GET /unified-cases/42/order-form"));
  expect(located).toMatchObject({ ready: true, downloadName: "DS Core_orderform.pdf" });
});

test.each([
  ["a list", (items: unknown[]) => items],
  ["items", (items: unknown[]) => ({ items })],
])("Portals: ids become names, whether they come as %s", async (_, wrap) => {
  const ios = {
    id: 1,
    name: "DS Core",
    className: "DsCore",
    url: "https://x",
    axisMaping: "x,-z,y",
    quantizationBits: 11,
  };
  const configured = {
    id: 7,
    displayName: "Lab DS",
    username: "lab",
    lastFetch: "2026-03-08T09:00:00Z",
    portalName: "DS Core",
  };
  answer = (target) => ({ body: wrap([target.endsWith("ios") ? ios : configured]) });
  expect(await cadmus.portals!(session)).toEqual([
    {
      key: "portal:1",
      name: "DS Core",
      kindName: null,
      lastFetchAt: null,
      axes: ["x", "-z", "y"],
      quantizationBits: 11,
    },
    {
      key: "configured:7",
      name: "Lab DS",
      kindName: "DS Core",
      lastFetchAt: new Date("2026-03-08T09:00:00Z"),
      axes: null,
      quantizationBits: null,
    },
  ]);
  expect(lines().sort()).toEqual(["GET /portals/configured", "GET /portals/ios"]);
});

test("the account is the e-mail that was signed in with", async () => {
  expect(await cadmus.identify(session, "You@Example.com")).toMatchObject({
    accountKey: "you@example.com",
    side: "lab",
  });
  expect(await cadmus.identify(session)).toMatchObject({ accountKey: "organization 3" });
});

test("a case that is not there is not looked for on the same page for ever, whatever the vendor counts", async () => {
  answer = () => ({ body: { ...page(), total: 1_000_000 } });
  await expect(cadmus.orders!.get(session, "4711")).rejects.toMatchObject({ kind: "not_found" });
  expect(lines()).toHaveLength(2);
});
