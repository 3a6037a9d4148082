import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { VendorErrorKind } from "#lib/vendors/error.ts";
import { medisync } from "#lib/vendors/medisync/connector.ts";
import { kindOf, refusal } from "#lib/vendors/medisync/errors.ts";
import { sendJson, startTestServer, type TestServer } from "#lib/vendors/test-server.ts";
import type { PasswordAuth } from "#lib/vendors/vendor-auth.ts";

const body = (value: unknown) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));
const wrong = (error: string) => ({ success: false, error });

test.each<[number, unknown, VendorErrorKind | undefined]>([
  [400, wrong("Recording not found"), "not_found"],
  [400, wrong("Document already exists for this appointment"), "conflict"],
  [400, wrong("Only PDF files are allowed"), undefined],
  [400, wrong("Invalid appointment ID"), undefined],
  [400, wrong("Invalid or expired token"), "token"],
  [400, "<html>", undefined],
  [401, wrong("No token provided"), undefined],
  [402, "", "subscription"],
  [403, wrong("Active subscription required"), "subscription"],
  [403, wrong("Insufficient permissions"), "scope"],
  [403, "", "scope"],
  [404, wrong("Appointment not found"), undefined],
  [409, wrong("Patient exists"), undefined],
  [500, { success: false, message: "Token service down" }, undefined],
])("%i %j is told as %s", (status, answer, kind) => {
  expect(kindOf(status, body(answer), false)).toBe(kind);
});

test("403 to what needs a subscription means the subscription", () => {
  expect(kindOf(403, body(""), true)).toBe("subscription");
});

test.each([
  [wrong("Notes not found"), "not_found"],
  [wrong("Transcription already exists"), "conflict"],
  [{ success: false, message: "Internal server error" }, "invalid"],
  [{ success: true, data: { error: "not found" } }, undefined],
  [[], undefined],
  [null, undefined],
])("a status of success with %j is told as %s", (raw, kind) => {
  expect(refusal(raw)).toBe(kind);
});

let server: TestServer;
let answer: { status: number; body: unknown };
beforeAll(async () => {
  server = await startTestServer((_, response) => sendJson(response, answer.body, answer.status));
  process.env.MEDISYNC_API_URL = `${server.url}/api`;
});
beforeEach(() => {
  server.requests.length = 0;
});
afterAll(() => server.close());

const signIn = () => (medisync.auth as PasswordAuth).signIn({ email: "you@example.com", password: "your-password" });

test.each([
  [401, { success: false, error: "wrong: your-password", code: "INVALID_CREDENTIALS" }, "credentials"],
  [400, wrong("Invalid credentials"), "credentials"],
  [200, { success: false, error: "Invalid credentials" }, "credentials"],
  [403, wrong("E-mail not verified"), "credentials"],
  [429, wrong("Too many"), "rate_limited"],
  [500, { success: false, message: "down" }, "unavailable"],
  [200, { success: true, token: "" }, "bad_content"],
] as const)("F04: a sign-in answered %i %j is %s, tried once and never quoted", async (status, words, kind) => {
  answer = { status, body: words };
  const error = await signIn().catch((thrown) => thrown);
  expect(error).toMatchObject({ kind, vendor: "medisync" });
  expect(String(error.stack)).not.toContain("your-password");
  expect(server.requests.map(({ method, target }) => `${method} ${target}`)).toEqual(["POST /api/login"]);
});

test("a sign-in is sent as documented; a token that says nothing of itself lives a day", async () => {
  answer = { status: 200, body: { success: true, token: "opaque", uid: "user_1", userTitle: "Dr." } };
  const { accessToken, accessExpiresAt, refreshToken } = await signIn();
  expect([accessToken, refreshToken]).toEqual(["opaque", null]);
  expect(Math.round((accessExpiresAt.getTime() - Date.now()) / 60_000)).toBe(24 * 60);
  const [request] = server.requests;
  expect(JSON.parse(request!.body)).toEqual({ email: "you@example.com", password: "your-password", remember: false });
  expect(request!.headers["Content-Type"]).toBe("application/json");
});

test("F07: a token's life is measured by the clock of whoever issued it", async () => {
  const claims = Buffer.from(JSON.stringify({ userId: "u", iat: 1_000_000, exp: 1_003_600 })).toString("base64url");
  answer = { status: 200, body: { success: true, data: { token: `x.${claims}.y` } } };
  expect(Math.round(((await signIn()).accessExpiresAt.getTime() - Date.now()) / 60_000)).toBe(60);
});

test("the older reference: where it is wanted, the token's user stands in every address", async () => {
  answer = { status: 200, body: { success: true, data: [] } };
  const claims = Buffer.from(JSON.stringify({ userId: "doc 1" })).toString("base64url");
  const ids = { connectionId: "c", organisationId: "o", groupKey: null, region: "default" };
  const session = { ...ids, baseUrl: `${server.url}/api`, accessToken: `x.${claims}.y` };
  await medisync.appointments!.findPatients(session, "Kim");
  process.env.MEDISYNC_SEND_UID = "true";
  vi.resetModules();
  const older = (await import("#lib/vendors/medisync/connector.ts")).medisync;
  await older.appointments!.findPatients(session, "Kim");
  delete process.env.MEDISYNC_SEND_UID;
  expect(server.requests.map(({ target }) => target)).toEqual([
    "/api/patients/search?query=Kim",
    "/api/patients/search?uid=doc%201&query=Kim",
  ]);
});
