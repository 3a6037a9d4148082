import { PASSWORD, type SandboxOptions } from "#e2e/sandbox/settings.ts";
import { type Sandbox, startSandbox } from "#e2e/sandbox/start-sandbox.ts";
import { bootstrapOrganisation } from "#lib/access/bootstrap-organisation.ts";
import type { Principal } from "#lib/access/principal.ts";
import { principalOf } from "#lib/access/principal-of.ts";
import { createConnection } from "#lib/connections/create-connection.ts";
import { finishConnection } from "#lib/connections/finish-connection.ts";
import { startConnection } from "#lib/connections/start-connection.ts";
import { syncConnection } from "#lib/connections/sync-connection.ts";
import { database } from "#lib/database/database.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import type { Side } from "#lib/orders/order-schema.ts";
import { closeConversionPool } from "#lib/scans/conversion-pool-of-process.ts";
import { makePrincipal } from "#lib/testing/orders-in-database.ts";
import { createTestDatabase, type TestDatabase } from "#lib/testing/test-database.ts";

export type PortalWithSandbox = {
  db: TestDatabase;
  sandbox: Sandbox;
  /** A new organisation, as its admin's API key acts. */
  makeOrganisation(name: string, kind?: Side): Promise<Principal>;
  close(): Promise<void>;
};

export type PortalOptions = SandboxOptions & {
  /** What MeditLink is asked for; by default everything the sandbox has. */
  scopes?: string;
  /** MeditLink accounts may be connected by password. */
  passwordGrant?: boolean;
};

const PORTAL_URL = "http://localhost:3000";

/**
 * A portal's database and the sandbox vendors, with the settings that join them, for one test file. Call it in `beforeAll`,
 * before anything reads a setting; close it in `afterAll`.
 */
export async function startPortalWithSandbox(options: PortalOptions = {}): Promise<PortalWithSandbox> {
  const { scopes, passwordGrant = true, ...sandboxOptions } = options;
  const db = await createTestDatabase();
  const sandbox = await startSandbox({
    port: 0,
    portalUrl: PORTAL_URL,
    orders: 20,
    triangles: 2_000,
    ...sandboxOptions,
  });
  Object.assign(process.env, {
    PORTAL_URL,
    MEDITLINK_AUTH_URL: sandbox.meditlinkAuth,
    MEDITLINK_API_URL: sandbox.meditlinkApi,
    MEDITLINK_CLIENT_ID: sandbox.clientId,
    MEDITLINK_CLIENT_SECRET: sandbox.clientSecret,
    MEDITLINK_SCOPES: scopes ?? sandbox.scopes,
    MEDITLINK_ALLOW_PASSWORD_GRANT: String(passwordGrant),
    CADMUS_API_URL: sandbox.cadmusApi,
    MEDISYNC_API_URL: sandbox.medisync,
    ALLOWED_DOWNLOAD_HOSTS: [sandbox.meditlinkStorage, sandbox.cadmusStorage].map((url) => new URL(url).host).join(","),
  });
  let made = 0;
  return {
    db,
    sandbox,
    async makeOrganisation(name, kind = "lab") {
      const email = `admin${++made}@test.example`;
      const { apiKey } = await bootstrapOrganisation({ organisation: name, kind, email, password: "correct horse" });
      return (await principalOf(new Headers({ authorization: `Bearer ${apiKey}` })))!;
    },
    async close() {
      await closeConversionPool();
      await closeQueue();
      await sandbox.close();
      await db.drop();
    },
  };
}

/** An organisation whose admin has connected an account of the sandbox by password and has its orders here. */
export async function connectAccount(
  kind: Side,
  email: string,
  vendor = "meditlink",
): Promise<{ admin: Principal; connectionId: string }> {
  const admin = await makePrincipal(kind, "admin");
  const { id } = await createConnection(admin, { vendor, credentials: { email, password: PASSWORD } });
  await syncConnection({ organisationId: admin.organisationId, connectionId: id });
  return { admin, connectionId: id };
}

/** Connects an account through the vendor's consent page, the whole way, without syncing it. @returns the connection's id */
export async function connectByConsent(principal: Principal, email: string, server = "meditlink"): Promise<string> {
  const back = await walkConsent(await startConnection(principal, server, null), email);
  const location = await finishConnection(principal, server, back.searchParams);
  const id = new URL(location, PORTAL_URL).searchParams.get("connected");
  if (!id) throw new Error(`not connected: ${location}`);
  return id;
}

/**
 * Walks the vendor's sign-in and consent as a browser does.
 * @returns where the vendor sends the browser back to
 */
export async function walkConsent(
  authorizeUrl: string,
  email: string,
  decision: "allow" | "deny" = "allow",
): Promise<URL> {
  const { origin, search } = new URL(authorizeUrl);
  const loggedIn = await fetch(`${origin}/login`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ email, password: PASSWORD, continue: search }),
  });
  const cookie = (loggedIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const page = await (await fetch(authorizeUrl, { headers: { cookie } })).text();
  const consent = /name="consent" value="([0-9a-f]+)"/.exec(page)?.[1];
  if (!consent) throw new Error("the vendor shows no consent page");
  const decided = await fetch(`${origin}/oauth/authorize`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie },
    body: new URLSearchParams({ consent, decision }),
  });
  return new URL(decided.headers.get("location") ?? "about:blank");
}

/** Our id of an order by the vendor's number. */
export async function orderIdOf(connectionId: string, number: number | string): Promise<string> {
  const row = await database().order.findUniqueOrThrow({
    where: { connectionId_number: { connectionId, number: String(number) } },
    select: { id: true },
  });
  return row.id;
}
