import type { Exchange, Reply } from "./exchange.ts";
import { json } from "./exchange.ts";
import { MeditlinkProblem } from "./meditlink-error.ts";
import {
  type AuthorizationCodes,
  authorize,
  livingAccess,
  refreshTokens,
  type TokenAnswer,
} from "./meditlink-tokens.ts";
import { CLIENT_ID, CLIENT_SECRET, PASSWORD, SCOPES } from "./settings.ts";
import type { World } from "./world.ts";

interface Granted {
  answer: TokenAnswer;
  account: string | null;
  outcome: string;
}

/** POST /oauth/token and /oauth/check_token (guide §1.2–1.4): Basic client authentication, form parameters. */
export async function tokenEndpoint(world: World, codes: AuthorizationCodes, exchange: Exchange): Promise<Reply> {
  const form = await parametersOf(exchange);
  const isCheck = exchange.url.pathname === "/oauth/check_token";
  const grant = isCheck ? "check_token" : (form.get("grant_type") ?? "");
  const note = (status: number, account: string | null, outcome: string) =>
    world.calls.addTokenCall({
      at: new Date(world.now()).toISOString(),
      vendor: "meditlink",
      grant,
      account,
      status,
      outcome,
    });
  try {
    authenticateClient(exchange, form);
    if (isCheck) {
      note(200, null, "checked");
      return checkToken(world, form.get("token") ?? "");
    }
    const granted = grantTokens(world, codes, exchange, form);
    note(200, granted.account, granted.outcome);
    return json(200, granted.answer, { "cache-control": "no-store", pragma: "no-cache" });
  } catch (error) {
    if (error instanceof MeditlinkProblem) note(error.status, null, "isReuse" in error ? "reuse" : error.code);
    throw error;
  }
}

function grantTokens(world: World, codes: AuthorizationCodes, exchange: Exchange, form: URLSearchParams): Granted {
  switch (form.get("grant_type")) {
    case "authorization_code": {
      const code = codes.redeem(form.get("code") ?? "", form.get("redirect_uri"), form.get("code_verifier"));
      return { ...authorize(world, code.account, code.scope), account: code.account };
    }
    case "refresh_token":
      return refreshTokens(world, form.get("refresh_token") ?? "");
    case "password": {
      const account = (form.get("username") ?? "").toLowerCase();
      if (!world.accounts.has(account) || form.get("password") !== PASSWORD) {
        throw new MeditlinkProblem(400, "invalid_grant", "Bad credentials");
      }
      const scope = form.get("scope") ?? SCOPES.join(" ");
      return { ...authorize(world, account, scope), account };
    }
    case "client_credentials":
    case "implicit":
      throw new MeditlinkProblem(400, "unsupported_grant_type", `Unsupported grant type: ${form.get("grant_type")}`);
    default:
      exchange.violations.push("The token request has no grant_type that the guide knows");
      throw new MeditlinkProblem(
        400,
        "unsupported_grant_type",
        `Unsupported grant type: ${form.get("grant_type") ?? "null"}`,
      );
  }
}

/** Form body, joined by the query: the guide shows refresh and check_token parameters in the query of a POST. */
async function parametersOf(exchange: Exchange): Promise<URLSearchParams> {
  const body = (await exchange.body(64 * 1024)).toString("utf8");
  const type = exchange.headers["content-type"] ?? "";
  if (body !== "" && !type.startsWith("application/x-www-form-urlencoded")) {
    exchange.violations.push(
      `The body of ${exchange.url.pathname} is ${type || "untyped"}, not application/x-www-form-urlencoded`,
    );
    throw new MeditlinkProblem(415, "Unsupported Media Type", `Content type '${type}' not supported`);
  }
  const form = new URLSearchParams(body);
  for (const [name, value] of exchange.url.searchParams) {
    if (["code", "password", "client_secret"].includes(name))
      exchange.violations.push(`The parameter ${name} stands in the URL`);
    if (!form.has(name)) form.append(name, value);
  }
  return form;
}

function authenticateClient({ headers, violations }: Exchange, form: URLSearchParams): void {
  const refused = (message: string) =>
    new MeditlinkProblem(401, "Unauthorized", message, { "www-authenticate": 'Basic realm="oauth2/client"' });
  if (form.has("client_secret"))
    violations.push("The client secret stands in the body; only Basic authentication is documented");
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(headers.authorization ?? "")?.[1];
  if (encoded === undefined) {
    violations.push("The token request has no Basic authentication");
    throw refused("Full authentication is required to access this resource");
  }
  const credentials = Buffer.from(encoded, "base64").toString("utf8");
  if (credentials === `${CLIENT_ID}:${CLIENT_SECRET}`) return;
  if (credentials === `${CLIENT_ID}:${encodeURIComponent(CLIENT_SECRET)}`) {
    violations.push(
      "The Basic credentials were form-encoded before base64; the guide shows base64(client_id:client_secret)",
    );
  }
  throw refused("Bad credentials");
}

/** Guide §1.3. An unknown or dead token is a 400, as the legacy server answers. */
function checkToken(world: World, value: string): Reply {
  const access = livingAccess(world, value);
  if (access === null) throw new MeditlinkProblem(400, "invalid_token", "Token was not recognised");
  const refresh = world.refreshTokens.get(access.refresh);
  return json(200, {
    aud: ["openapi-resources"],
    user_name: access.account,
    scope: access.scope.split(" "),
    active: true,
    exp: Math.floor(access.expiresAt / 1000),
    authorities: ["ROLE_USER"],
    refresh_token_exp: Math.floor((refresh?.expiresAt ?? 0) / 1000),
    client_id: CLIENT_ID,
  });
}
