import { PASSWORD } from "#e2e/sandbox/settings.ts";
import { type Sandbox, startSandbox } from "#e2e/sandbox/start-sandbox.ts";
import { bootstrapOrganisation } from "#lib/access/bootstrap-organisation.ts";
import type { Principal } from "#lib/access/principal.ts";
import { principalOf } from "#lib/access/principal-of.ts";
import { finishConnection } from "#lib/connections/finish-connection.ts";
import { startConnection } from "#lib/connections/start-connection.ts";
import { closeQueue } from "#lib/jobs/queue.ts";
import { createTestDatabase } from "#lib/testing/test-database.ts";

/** A portal's database and the sandbox vendors it is set up for, for one test file. Close it in `afterAll`. */
export type SandboxPortal = {
  sandbox: Sandbox;
  /** A new organisation, as its admin's API key acts. */
  makeOrganisation(name: string, kind?: "lab" | "clinic"): Promise<Principal>;
  close(): Promise<void>;
};

const PORTAL_URL = "http://localhost:3000";

/** Call in `beforeAll`, before anything reads a setting. */
export async function startSandboxPortal(options: { orders?: number; scopes?: string } = {}): Promise<SandboxPortal> {
  const sandbox = await startSandbox({ port: 0, portalUrl: PORTAL_URL, orders: options.orders ?? 60 });
  Object.assign(process.env, {
    PORTAL_URL,
    MEDITLINK_AUTH_URL: sandbox.meditlinkAuth,
    MEDITLINK_API_URL: sandbox.meditlinkApi,
    MEDITLINK_CLIENT_ID: sandbox.clientId,
    MEDITLINK_CLIENT_SECRET: sandbox.clientSecret,
    MEDITLINK_SCOPES: options.scopes ?? sandbox.scopes,
    CADMUS_API_URL: sandbox.cadmusApi,
    ALLOWED_DOWNLOAD_HOSTS: [sandbox.meditlinkStorage, sandbox.cadmusStorage].map((url) => new URL(url).host).join(","),
  });
  const db = await createTestDatabase();
  let made = 0;
  return {
    sandbox,
    async makeOrganisation(name, kind = "lab") {
      const email = `admin${++made}@test.example`;
      const { apiKey } = await bootstrapOrganisation({ organisation: name, kind, email, password: "correct horse" });
      return (await principalOf(new Headers({ authorization: `Bearer ${apiKey}` })))!;
    },
    async close() {
      await closeQueue();
      await db.drop();
      await sandbox.close();
    },
  };
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

/** Connects a MeditLink account the whole way. @returns the connection's id */
export async function connectMeditlink(principal: Principal, email: string): Promise<string> {
  const back = await walkConsent(await startConnection(principal, "meditlink", null), email);
  const location = await finishConnection(principal, "meditlink", back.searchParams);
  const id = new URL(location, PORTAL_URL).searchParams.get("connected");
  if (!id) throw new Error(`not connected: ${location}`);
  return id;
}
