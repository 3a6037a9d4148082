import { afterAll, beforeAll, expect, it } from "vitest";
import type { FaultOrder } from "#e2e/sandbox/faults.ts";
import { PASSWORD } from "#e2e/sandbox/settings.ts";
import type { Principal } from "#lib/access/principal.ts";
import { database } from "#lib/database/database.ts";
import { connectByConsent, type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";
import { createConnection } from "./create-connection.ts";
import { listConnections } from "./list-connections.ts";
import { requestSync } from "./request-sync.ts";
import { syncConnection } from "./sync-connection.ts";

/** Answers of token endpoints that no row of the fault table names: the account stays connected, and nobody is locked out. */

let portal: PortalWithSandbox;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 3 });
});
afterAll(() => portal.close());

/** `healed`: the oddity is over before the account works again. */
type Oddity = { healed?: true; count?: number } & FaultOrder["fault"];
const edit = (set: Record<string, unknown>): Oddity => ({ kind: "edit", set });

const ODDITIES: Record<string, Oddity> = {
  "no type of token": { kind: "edit", unset: ["token_type"] },
  "another type of token": edit({ token_type: "mac" }),
  "no refresh token": { kind: "edit", unset: ["refresh_token"] },
  "an empty refresh token": edit({ refresh_token: "" }),
  "a refresh token that is a number": edit({ refresh_token: 7 }),
  "no life": { kind: "edit", unset: ["expires_in"] },
  "a life of nothing": edit({ expires_in: 0 }),
  "a life that is over": edit({ expires_in: -3600 }),
  "a life as text": edit({ expires_in: "1800" }),
  "a life of the universe": edit({ expires_in: 1e300 }),
  "a refresh token that ended long ago": edit({ refresh_token_exp: 1 }),
  "a refresh token that ends after all days": edit({ refresh_token_exp: 1e300 }),
  "scopes that are a list of nulls": edit({ scope: [null] }),
  "no scopes": { kind: "edit", unset: ["scope"] },
  "a token with a line break behind it": { healed: true, ...edit({ access_token: "abc\r\nx-evil: 1" }) },
  "a token as long as a novel": { healed: true, ...edit({ access_token: "a".repeat(300_000) }) },
  "a token in another alphabet": { healed: true, ...edit({ access_token: "токен" }) },
  "a token that is a number": { healed: true, ...edit({ access_token: 4711 }) },
  "an error with 200": { healed: true, kind: "status", status: 200, body: '{"error":"invalid_grant"}' },
  "an empty body with 200": { healed: true, kind: "status", status: 200, body: "" },
  "204": { healed: true, kind: "status", status: 204, body: "" },
  "201 with tokens": { healed: true, kind: "edit", status: 201 },
  "a page to sign in": { healed: true, kind: "html" },
  "a redirect to another host": {
    healed: true,
    kind: "status",
    status: 302,
    headers: { location: "https://elsewhere.example/" },
  },
  "400 without a word": { healed: true, kind: "status", status: 400, body: "" },
  "400, temporarily unavailable": {
    healed: true,
    kind: "status",
    status: 400,
    body: '{"error":"temporarily_unavailable"}',
  },
  "401 for our own client": { healed: true, kind: "status", status: 401, body: '{"error":"invalid_client"}' },
  "403 with a page": { healed: true, kind: "html", status: 403 },
  "429 for a year": { healed: true, kind: "status", status: 429, headers: { "retry-after": "31536000" } },
  "half an answer": { healed: true, kind: "truncate" },
  "an answer twice": { healed: true, kind: "malformed", body: '{"access_token":"a"}{"access_token":"b"}' },
};

const world = () => portal.sandbox.world;

/** As if the access token's life were over, and no try to renew it remembered. */
async function age(id: string): Promise<void> {
  await database().$executeRaw`
    UPDATE connections SET access_expires_at = now() - interval '1 s', lease_until = NULL WHERE id = ${id}::uuid`;
}

async function syncThrough(admin: Principal, id: string, path: string, oddity: Oddity): Promise<void> {
  const { healed, count = 2, ...fault } = oddity;
  const sync = () => syncConnection({ organisationId: admin.organisationId, connectionId: id });
  const view = async () => (await listConnections(admin)).items.find((one) => one.id === id);
  await sync();
  await age(id);
  world().calls.clear();
  world().faults.arm({ method: "POST", path, count, fault });
  await requestSync(admin, id);
  await sync().catch(() => undefined);
  expect(world().faults.list()[0]!.fired, "the oddity was met").toBeGreaterThan(0);
  expect(
    world()
      .calls.since(0)
      .filter((call) => call.path.startsWith(path)).length,
    "tries",
  ).toBeLessThanOrEqual(2);
  expect(await view()).toMatchObject({ state: "connected" });
  if (healed) {
    world().faults.disarm();
    await age(id);
  }
  await requestSync(admin, id);
  await sync();
  expect(await view()).toMatchObject({ state: "connected", problem: null });
}

it.each(Object.entries(ODDITIES))(
  "%s in the place of new tokens: the account stays connected",
  async (name, oddity) => {
    world().faults.disarm();
    const admin = await portal.makeOrganisation(name);
    const id = await connectByConsent(admin, "lab@onelab.example");
    await syncThrough(admin, id, "/oauth/token", oddity);
  },
);

const CADMUS: Record<string, Oddity> = {
  "a token with a line break behind it": { healed: true, ...edit({ token: "abc\r\nx-evil: 1" }) },
  "no token": { healed: true, kind: "edit", unset: ["token"] },
  "an empty body with 200": { healed: true, kind: "status", status: 200, body: "" },
  "a page to sign in": { healed: true, kind: "html" },
  "half an answer": { healed: true, kind: "truncate" },
  "500 with a page": { healed: true, kind: "html", status: 500 },
};

it.each(Object.entries(CADMUS))("Cadmus, %s at the new sign-in: the account stays connected", async (name, oddity) => {
  world().faults.disarm();
  const admin = await portal.makeOrganisation(`Cadmus ${name}`);
  const credentials = { email: "cadmus@onelab.example", password: PASSWORD };
  const { id } = await createConnection(admin, { vendor: "cadmus", credentials });
  await syncThrough(admin, id, "/auth/login", oddity);
});
