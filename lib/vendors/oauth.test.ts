import { readFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { afterEach, expect, test, vi } from "vitest";
import { TOKEN_DEADLINES } from "#lib/vendors/deadlines.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { checkToken, requestTokens } from "#lib/vendors/oauth.ts";
import { sendJson, startTestServer, type TestServer } from "#lib/vendors/test-server.ts";

const sample = (name: string) =>
  JSON.parse(readFileSync(new URL(`./meditlink/fixtures/${name}.json`, import.meta.url), "utf8"));
const CLIENT = { vendor: "meditlink", id: "rLHYWvCKTpONpuc7L1L8FUXowgQMh6HO", secret: "a+b/c:d=%20é" };
const REFRESH = { grant_type: "refresh_token", refresh_token: "96a9e748-8cad-4a29-b371-0a7d252f38fb" };

let server: TestServer;
afterEach(() => server.close());
const serve = async (answer: (response: ServerResponse) => void) => {
  server = await startTestServer((_, response) => answer(response));
};
const ask = (previous: string | null = null) => requestTokens(`${server.url}/oauth/token`, CLIENT, REFRESH, previous);
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable("did not fail"),
    (error: unknown) => {
      expect(error).toBeInstanceOf(VendorError);
      return error as VendorError;
    },
  );

test("§1.2: the request is a form with plain Basic credentials, not form-encoded ones", async () => {
  await serve((response) => sendJson(response, sample("token")));
  await ask();
  const { method, target, headers, body } = server.requests[0]!;
  expect({ method, target, body }).toEqual({
    method: "POST",
    target: "/oauth/token",
    body: "grant_type=refresh_token&refresh_token=96a9e748-8cad-4a29-b371-0a7d252f38fb",
  });
  expect(headers["Content-Type"]).toBe("application/x-www-form-urlencoded");
  expect(Buffer.from(headers.Authorization!.slice("Basic ".length), "base64").toString()).toBe(
    `${CLIENT.id}:${CLIENT.secret}`,
  );
});

test("§1.2: a token's life is counted from when it arrived, not taken for a day", async () => {
  await serve((response) => sendJson(response, sample("token")));
  const before = Date.now();
  const tokens = await ask();
  expect(tokens).toMatchObject({
    accessToken: "492f2f8c-07d5-433b-8afc-13ba304157cd",
    refreshToken: "96a9e748-8cad-4a29-b371-0a7d252f38fb",
    refreshExpiresAt: new Date("2023-06-08T09:51:36Z"),
    scopes: ["USER", "GROUP"],
  });
  expect(tokens.accessExpiresAt.getTime()).toBeGreaterThanOrEqual(before + 10_159_000);
  expect(tokens.accessExpiresAt.getTime()).toBeLessThanOrEqual(Date.now() + 10_159_000);
});

test("§1.4: the old refresh token is kept when the answer has none", async () => {
  const { refresh_token: _, ...rest } = sample("token");
  await serve((response) => sendJson(response, rest));
  expect((await ask("old")).refreshToken).toBe("old");
});

test("§1.4: a new refresh token replaces the old", async () => {
  await serve((response) => sendJson(response, { ...sample("token"), refresh_token: "new" }));
  expect((await ask("old")).refreshToken).toBe("new");
});

test("F02: tokens that come with another answer of success are taken: the old ones are out of use", async () => {
  await serve((response) => sendJson(response, { ...sample("token"), refresh_token: "new" }, 201));
  expect((await ask("old")).refreshToken).toBe("new");
});

test("§1.2: a refresh token that lives beyond all calendars ends at no known time", async () => {
  await serve((response) => sendJson(response, { ...sample("token"), refresh_token_exp: 1e15 }));
  expect((await ask()).refreshExpiresAt).toBeNull();
});

test("F01: an answer that never ends is hung up on before the lease of whoever asks can pass to another", async () => {
  let isClosed = false;
  await serve((response) => {
    response.on("close", () => {
      isClosed = true;
    });
    response.writeHead(200, { "content-type": "application/json" }).write('{"access_token":');
    dripped.resolve();
  });
  const dripped = Promise.withResolvers<void>();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const failed = failureOf(ask());
  await dripped.promise;
  vi.advanceTimersByTime(TOKEN_DEADLINES.totalMs);
  vi.useRealTimers();
  expect(await failed).toMatchObject({ kind: "timeout", noEffect: false });
  await expect.poll(() => isClosed).toBe(true);
});

test("F04: a refresh token refused for good is told as such, and the token it echoes is not", async () => {
  await serve((response) => sendJson(response, sample("invalid-grant"), 400));
  const error = await failureOf(ask());
  expect(error).toMatchObject({ kind: "credentials", status: 400, noEffect: true });
  expect(error.message).toBe("POST token (refresh_token): 400 credentials");
  expect(error.cause).toBeUndefined();
});

test.each([
  [400, { error: "unsupported_grant_type" }, "invalid"],
  [401, { error: "unauthorized" }, "invalid"],
  [429, {}, "rate_limited"],
  [500, {}, "unavailable"],
  [200, { expires_in: 60 }, "bad_content"],
  [200, { access_token: "" }, "bad_content"],
  [200, { access_token: "abc\r\nx-evil: 1" }, "bad_content"],
  [200, { access_token: "a".repeat(20_000) }, "bad_content"],
] as const)("%i with %j is %s: the connection stays", async (status, body, kind) => {
  await serve((response) => sendJson(response, body, status));
  expect((await failureOf(ask())).kind).toBe(kind);
  expect(server.requests).toHaveLength(1);
});

test.each([
  [{}, 1_800],
  [{ expires_in: "7200" }, 7_200],
  [{ expires_in: 0 }, 1_800],
  [{ expires_in: -5 }, 1_800],
  [{ expires_in: "soon" }, 1_800],
  [{ expires_in: 1e300 }, 31_536_000],
  [{ token_type: null, scope: 7, refresh_token: "", refresh_token_exp: "later" }, 1_800],
] as const)("F02: tokens are kept whatever else stands beside them: %j", async (beside, life) => {
  await serve((response) => sendJson(response, { access_token: "new", ...beside }));
  const tokens = await ask("old");
  expect(tokens).toMatchObject({ accessToken: "new", refreshToken: "old", refreshExpiresAt: null });
  expect(Math.abs(tokens.accessExpiresAt.getTime() - Date.now() - life * 1000)).toBeLessThan(20_000);
});

test("the end of a refresh token in milliseconds is the same instant", async () => {
  await serve((response) => sendJson(response, { ...sample("token"), refresh_token_exp: 1_686_217_896_000 }));
  expect((await ask()).refreshExpiresAt).toEqual(new Date("2023-06-08T09:51:36Z"));
});

test("F14: a page instead of a token is bad content", async () => {
  await serve((response) => response.writeHead(200, { "content-type": "text/html" }).end("<html>"));
  expect((await failureOf(ask())).kind).toBe("bad_content");
});

test("§1.3: check_token tells what the token is good for and until when", async () => {
  await serve((response) =>
    sendJson(response, { active: true, exp: 1624322318, refresh_token_exp: 1701852155, scope: ["USER"], aud: ["x"] }),
  );
  expect(await checkToken(`${server.url}/oauth/check_token`, CLIENT, "t-1")).toEqual({
    active: true,
    accessExpiresAt: new Date(1624322318_000),
    refreshExpiresAt: new Date(1701852155_000),
    scopes: ["USER"],
  });
  expect(server.requests[0]).toMatchObject({ method: "POST", target: "/oauth/check_token", body: "token=t-1" });
});

test("§1.3: a token that the vendor does not know is not active", async () => {
  await serve((response) => sendJson(response, { error: "invalid_token" }, 400));
  expect((await checkToken(server.url, CLIENT, "t-1")).active).toBe(false);
});
