import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BASIC, CALLBACK, connect, consent, controlPort, token } from "./sandbox-client.ts";
import { CLIENT_ID, CLIENT_SECRET } from "./settings.ts";
import { type Sandbox, startSandbox } from "./start-sandbox.ts";

const LAB = "lab@onelab.example";

describe("connecting a MeditLink account", () => {
  let sandbox: Sandbox;
  let now = Date.now();
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, orders: 3, now: () => now });
  });
  afterAll(() => sandbox.close());

  it("leads from sign-in over consent to a code and a token of a day with a refresh token of a week", async () => {
    const back = await consent(sandbox, LAB, { state: "my state" });
    expect(back.origin + back.pathname).toBe(CALLBACK);
    expect(back.searchParams.get("state")).toBe("my state");
    const code = back.searchParams.get("code") ?? "";
    expect(code).toMatch(/^[A-Za-z0-9]{32}$/);

    const answer = await token(sandbox, { grant_type: "authorization_code", code, redirect_uri: CALLBACK });
    expect(await answer.json()).toEqual({
      access_token: expect.stringMatching(/^[0-9a-f-]{36}$/),
      token_type: "bearer",
      refresh_token: expect.stringMatching(/^[0-9a-f-]{36}$/),
      expires_in: 86_400,
      scope: sandbox.scopes,
      refresh_token_exp: Math.floor(now / 1000) + 604_800,
    });
    const again = await token(sandbox, { grant_type: "authorization_code", code, redirect_uri: CALLBACK });
    expect(again.status).toBe(400);
  });

  it("gives the same living token with less life left when the person authorizes again", async () => {
    const first = await connect(sandbox, "second@onelab.example");
    now += 3_600_000;
    const second = await connect(sandbox, "second@onelab.example");
    expect(second.access_token).toBe(first.access_token);
    expect(second.expires_in).toBe(first.expires_in - 3_600);
  });

  it("sends a person who declines back with access_denied", async () => {
    const back = await consent(sandbox, LAB, { decision: "deny" });
    expect(Object.fromEntries(back.searchParams)).toEqual({ error: "access_denied", state: "s1" });
  });

  it("joins the code with & to a callback that has a query", async () => {
    const back = await consent(sandbox, LAB, { redirectUri: "http://localhost/callback?me" });
    expect(back.href).toMatch(/^http:\/\/localhost\/callback\?me&code=\w{32}&state=s1$/);
  });

  it.each([`${CALLBACK}/`, CALLBACK.replace("localhost", "LOCALHOST"), `${CALLBACK}?x=1`])(
    "does not send anyone to %s, which is not registered byte for byte",
    async (redirectUri) => {
      expect((await consent(sandbox, LAB, { redirectUri })).href).toBe("about:blank");
    },
  );

  it("refuses a code whose redirect_uri is another registered one", async () => {
    const code = (await consent(sandbox, LAB)).searchParams.get("code") ?? "";
    const answer = await token(sandbox, {
      grant_type: "authorization_code",
      code,
      redirect_uri: CALLBACK.replace("meditlink", "meditlink-cn"),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: "invalid_grant", path: "/oauth/token" });
  });

  it("lets a code die after a minute", async () => {
    const code = (await consent(sandbox, LAB)).searchParams.get("code") ?? "";
    now += 61_000;
    expect((await token(sandbox, { grant_type: "authorization_code", code, redirect_uri: CALLBACK })).status).toBe(400);
  });

  it("knows the client only by Basic authentication of the plain id and secret", async () => {
    const form = { grant_type: "password", username: LAB, password: "sandbox" };
    const encoded = Buffer.from(`${CLIENT_ID}:${encodeURIComponent(CLIENT_SECRET)}`).toString("base64");
    const inBody = { ...form, client_id: CLIENT_ID, client_secret: CLIENT_SECRET };
    expect((await token(sandbox, form)).status).toBe(200);
    expect((await token(sandbox, form, {})).status).toBe(401);
    expect((await token(sandbox, inBody, {})).status).toBe(401);
    expect((await token(sandbox, form, { authorization: `Basic ${encoded}` })).status).toBe(401);
  });

  it("does not offer client credentials", async () => {
    const answer = await token(sandbox, { grant_type: "client_credentials" });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: "unsupported_grant_type" });
  });

  it("repeats an invalid refresh token in its error, as the guide shows", async () => {
    const answer = await token(sandbox, {
      grant_type: "refresh_token",
      refresh_token: "96a9e748-8cad-4a29-b371-0a7d252f38fb",
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      timestamp: expect.any(String),
      status: 400,
      error: "invalid_grant",
      message: "Invalid refresh token: 96a9e748-8cad-4a29-b371-0a7d252f38fb",
      path: "/oauth/token",
    });
  });

  it("takes refresh parameters in the query too and, being lenient, returns the same refresh token", async () => {
    const { refresh_token, access_token } = await connect(sandbox, "clinic@davis.example");
    const url = `${sandbox.meditlinkAuth}/oauth/token?grant_type=refresh_token&refresh_token=${refresh_token}`;
    const refreshed = await (await fetch(url, { method: "POST", headers: { authorization: BASIC } })).json();
    expect(refreshed).toMatchObject({ refresh_token, expires_in: 86_400 });
    const check = (value: string) =>
      fetch(`${sandbox.meditlinkAuth}/oauth/check_token?token=${value}`, {
        method: "POST",
        headers: { authorization: BASIC },
      });
    expect(await (await check(access_token)).json()).toMatchObject({
      active: true,
      user_name: "clinic@davis.example",
      client_id: CLIENT_ID,
    });
    expect((await check("nonsense")).status).toBe(400);
  });

  it("rotates refresh tokens when strict and revokes the whole family on reuse", async () => {
    await controlPort(sandbox, "POST", "/settings", { refreshMode: "strict" });
    const first = await connect(sandbox, "clinic@harbor.example");
    const refresh = (refresh_token: string) => token(sandbox, { grant_type: "refresh_token", refresh_token });
    const second = (await (await refresh(first.refresh_token)).json()) as { refresh_token: string };
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await refresh(first.refresh_token)).status).toBe(400);
    expect((await refresh(second.refresh_token)).status).toBe(400);
    await controlPort(sandbox, "POST", "/settings", { refreshMode: "lenient" });
  });

  it("records every token call with what came of it and no secret", async () => {
    const calls = await controlPort<{ outcome: string }[]>(sandbox, "GET", "/token-calls");
    expect(calls.map(({ outcome }) => outcome)).toEqual(
      expect.arrayContaining(["issued", "same token again", "refreshed", "rotated", "reuse"]),
    );
    const record = JSON.stringify(await controlPort(sandbox, "GET", "/calls"));
    expect(record).toContain("refresh_token=***");
    expect(record).not.toContain(CLIENT_SECRET);
  });
});
