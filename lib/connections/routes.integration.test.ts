import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GET as read, DELETE as remove } from "#app/api/connections/[id]/route.ts";
import { POST as sync } from "#app/api/connections/[id]/sync/route.ts";
import { POST as create, GET as list } from "#app/api/connections/route.ts";
import { GET as authorize } from "#app/api/oauth/[vendor]/authorize/route.ts";
import { GET as callback } from "#app/api/oauth/[vendor]/callback/route.ts";
import { bootstrapOrganisation } from "#lib/access/bootstrap-organisation.ts";
import { connectionListSchema, connectionSchema } from "#lib/connections/connection-schema.ts";
import { type PortalWithSandbox, startPortalWithSandbox, walkConsent } from "#lib/testing/portal-with-sandbox.ts";

const ORIGIN = "http://localhost:3000";
let portal: PortalWithSandbox;
let key: string;
let strangersKey: string;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 20, passwordGrant: false });
  const bootstrap = (organisation: string) =>
    bootstrapOrganisation({
      organisation,
      kind: "lab",
      email: `${organisation}@test.example`,
      password: "correct horse",
    });
  key = (await bootstrap("onelab")).apiKey;
  strangersKey = (await bootstrap("stranger")).apiKey;
});
afterAll(() => portal.close());

type Route = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;

function call(
  route: Route,
  path: string,
  params: Record<string, string> = {},
  { by = key as string | null, method = "GET", body = undefined as unknown } = {},
): Promise<Response> {
  const request = new Request(`${ORIGIN}${path}`, {
    method,
    headers: by ? { authorization: `Bearer ${by}` } : {},
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return route(request, { params: Promise.resolve(params) });
}

describe("connections over HTTP, with an API key", () => {
  let id = "";

  it("walks OAuth by redirects", async () => {
    const started = await call(authorize, "/api/oauth/meditlink/authorize", { vendor: "meditlink" });
    expect(started.status).toBe(302);
    const back = await walkConsent(started.headers.get("location")!, "lab@onelab.example");
    expect(back.href).toMatch(/^http:\/\/localhost:3000\/api\/oauth\/meditlink\/callback\?/);
    const path = back.pathname + back.search;
    const lost = await call(callback, path, { vendor: "meditlink" }, { by: null });
    expect([lost.status, lost.headers.get("location")]).toEqual([302, "/connections?problem=oauth_state_wrong"]);
    const finished = await call(callback, path, { vendor: "meditlink" });
    expect(finished.status).toBe(302);
    id = new URL(finished.headers.get("location")!, ORIGIN).searchParams.get("connected")!;
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("answers in the documented shapes", async () => {
    expect(connectionListSchema.parse(await (await call(list, "/api/connections")).json()).items).toHaveLength(1);
    expect(connectionSchema.parse(await (await call(read, `/api/connections/${id}`, { id })).json()).id).toBe(id);
    const asked = await call(sync, `/api/connections/${id}/sync`, { id }, { method: "POST" });
    expect(asked.status).toBe(202);
    const body = { vendor: "cadmus", credentials: { email: "cadmus@onelab.example", password: "sandbox" } };
    const created = await call(create, "/api/connections", {}, { method: "POST", body });
    expect(created.status).toBe(201);
    expect(connectionSchema.parse(await created.json()).vendor).toBe("cadmus");
  });

  it("says what is wrong as problem+json", async () => {
    const body = { vendor: "cadmus", credentials: { email: "cadmus@onelab.example", password: "wrong" } };
    const refused = await call(create, "/api/connections", {}, { method: "POST", body });
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    expect([refused.status, (await refused.json()).code]).toEqual([422, "vendor_credentials_wrong"]);
    const unknown = await call(authorize, "/api/oauth/nobody/authorize", { vendor: "nobody" });
    expect(unknown.status).toBe(404);
  });

  it("shows nobody another organisation's connection: 404 on every route", async () => {
    const by = strangersKey;
    const path = `/api/connections/${id}`;
    expect((await (await call(list, "/api/connections", {}, { by })).json()).items).toEqual([]);
    expect((await call(read, path, { id }, { by })).status).toBe(404);
    expect((await call(remove, path, { id }, { by, method: "DELETE" })).status).toBe(404);
    expect((await call(sync, `${path}/sync`, { id }, { by, method: "POST" })).status).toBe(404);
    const renew = `/api/oauth/meditlink/authorize?connection=${id}`;
    expect((await call(authorize, renew, { vendor: "meditlink" }, { by })).status).toBe(404);
    expect((await call(read, "/api/connections/1", { id: "1" }, { by })).status).toBe(404);
    expect((await call(list, "/api/connections", {}, { by: null })).status).toBe(401);
  });

  it("removes", async () => {
    expect((await call(remove, `/api/connections/${id}`, { id }, { method: "DELETE" })).status).toBe(204);
    expect((await call(read, `/api/connections/${id}`, { id })).status).toBe(404);
  });
});
