import type { TokenAnswer } from "./meditlink-tokens.ts";
import { CLIENT_ID, CLIENT_SECRET, PASSWORD, SCOPES } from "./settings.ts";
import type { Sandbox } from "./start-sandbox.ts";

/** A careful client of the sandbox vendors, for the sandbox's own tests: it speaks as the guide's examples do. */

export const CALLBACK = "http://localhost:3000/api/oauth/meditlink/callback";
export const BASIC = `Basic ${Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString("base64")}`;
const ALL_SCOPES = SCOPES.join(" ");

/** Walks sign-in and consent as a browser does and returns where the person is sent at the end. */
export async function consent(
  sandbox: Sandbox,
  email: string,
  { redirectUri = CALLBACK, scope = ALL_SCOPES, decision = "allow", state = "s1", more = "" } = {},
): Promise<URL> {
  const query = new URLSearchParams({
    client_id: CLIENT_ID,
    response_type: "code",
    redirect_uri: redirectUri,
    scope,
    state,
  });
  const authorize = `${sandbox.meditlinkAuth}/oauth/authorize?${query}${more}`;
  const loggedIn = await fetch(`${sandbox.meditlinkAuth}/login`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ email, password: PASSWORD, continue: new URL(authorize).search }),
  });
  const cookie = (loggedIn.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const page = await (await fetch(authorize, { headers: { cookie } })).text();
  const consentId = /name="consent" value="([0-9a-f]+)"/.exec(page)?.[1] ?? "";
  const decided = await fetch(`${sandbox.meditlinkAuth}/oauth/authorize`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie },
    body: new URLSearchParams({ consent: consentId, decision }),
  });
  return new URL(decided.headers.get("location") ?? "about:blank");
}

export function token(
  sandbox: Sandbox,
  form: Record<string, string>,
  headers: Record<string, string> = { authorization: BASIC },
): Promise<Response> {
  return fetch(`${sandbox.meditlinkAuth}/oauth/token`, { method: "POST", headers, body: new URLSearchParams(form) });
}

/** A token by the whole authorization-code walk. */
export async function connect(sandbox: Sandbox, email: string, scope = ALL_SCOPES): Promise<TokenAnswer> {
  const code = (await consent(sandbox, email, { scope })).searchParams.get("code") ?? "";
  const answer = await token(sandbox, { grant_type: "authorization_code", code, redirect_uri: CALLBACK });
  return (await answer.json()) as TokenAnswer;
}

/** A call of the resource API with the documented headers; `headers` with an undefined value leaves one out. */
export function api(
  sandbox: Sandbox,
  accessToken: string,
  method: string,
  path: string,
  { group, body, headers = {} }: { group?: string; body?: unknown; headers?: Record<string, string | undefined> } = {},
): Promise<Response> {
  const all: Record<string, string | undefined> = {
    authorization: `Bearer ${accessToken}`,
    "x-meditlink-client-id": CLIENT_ID,
    "content-type": "application/json",
    "x-meditlink-group-uuid": group,
    ...headers,
  };
  const sent = Object.entries(all).filter((header): header is [string, string] => header[1] !== undefined);
  return fetch(`${sandbox.meditlinkApi}${path}`, {
    method,
    headers: sent,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** A call of the control port. */
export async function controlPort<T>(sandbox: Sandbox, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${sandbox.control}${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await answer.json()) as T;
}

/** The UUIDs of the groups that the guide names. */
export const ONE_LAB = "T05FTEFCXzE1NDgzODA1Nzk0MzY=";
export const DAVIS = "RC5EQVZJU18xNTQ4Mzc5OTMzODc0";
