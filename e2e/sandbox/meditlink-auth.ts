import { randomBytes } from "node:crypto";
import { type Exchange, type Handler, html, type Reply } from "./exchange.ts";
import { MeditlinkProblem, problemReply } from "./meditlink-error.ts";
import { consentPage, loginPage, refusalPage } from "./meditlink-pages.ts";
import { tokenEndpoint } from "./meditlink-token-endpoint.ts";
import { AuthorizationCodes } from "./meditlink-tokens.ts";
import { CLIENT_ID, PASSWORD, SCOPES } from "./settings.ts";
import type { World } from "./world.ts";

const COOKIE = "meditlink_sandbox";

interface AuthorizationRequest {
  redirectUri: string;
  scope: string;
  state: string | null;
  challenge: string | null;
}

interface Consent extends AuthorizationRequest {
  session: string;
  account: string;
}

/** MeditLink's authorization server (guide §1): sign-in and consent for people, the token endpoint for the client. */
export function meditlinkAuth(world: World): Handler {
  const codes = new AuthorizationCodes(world);
  const sessions = new Map<string, string>();
  const consents = new Map<string, Consent>();

  function signedIn({ headers }: Exchange): { session: string; account: string } | null {
    const session = new RegExp(`(?:^|; )${COOKIE}=([0-9a-f]+)`).exec(headers.cookie ?? "")?.[1];
    const account = session === undefined ? undefined : sessions.get(session);
    return session === undefined || account === undefined ? null : { session, account };
  }

  function showAuthorize(exchange: Exchange): Reply {
    const request = checkAuthorizationRequest(world, exchange);
    if ("status" in request) return request;
    const query = exchange.url.search;
    const person = signedIn(exchange);
    if (person === null) return html(200, loginPage(query, null));
    const consentId = randomBytes(16).toString("hex");
    consents.set(consentId, { ...request, ...person });
    return html(200, consentPage(consentId, query, person.account, request.scope.split(" ")));
  }

  async function logIn(exchange: Exchange): Promise<Reply> {
    const form = await formOf(exchange);
    const email = (form.get("email") ?? "").trim().toLowerCase();
    const query = form.get("continue") ?? "";
    if (!world.accounts.has(email) || form.get("password") !== PASSWORD) {
      return html(401, loginPage(query, "The e-mail or the password is wrong.", email));
    }
    const session = randomBytes(16).toString("hex");
    sessions.set(session, email);
    return redirect(`/oauth/authorize${query}`, {
      "set-cookie": `${COOKIE}=${session}; Path=/; HttpOnly; SameSite=Lax`,
    });
  }

  async function decide(exchange: Exchange): Promise<Reply> {
    const form = await formOf(exchange);
    const consentId = form.get("consent") ?? "";
    const consent = consents.get(consentId);
    consents.delete(consentId);
    if (consent === undefined || consent.session !== signedIn(exchange)?.session) {
      return html(400, refusalPage("This consent page is no longer valid. Start again from the application."));
    }
    if (form.get("decision") !== "allow") return redirect(callbackUrl(consent, { error: "access_denied" }));
    const scope = world.live.grantScopes ?? consent.scope;
    return redirect(callbackUrl(consent, { code: codes.issue({ ...consent, scope }) }));
  }

  async function logOut(exchange: Exchange): Promise<Reply> {
    const form = await formOf(exchange);
    const person = signedIn(exchange);
    if (person !== null) sessions.delete(person.session);
    return redirect(`/oauth/authorize${form.get("continue") ?? ""}`, { "set-cookie": `${COOKIE}=; Path=/; Max-Age=0` });
  }

  return async (exchange) => {
    const { method, url } = exchange;
    try {
      switch (`${method} ${url.pathname}`) {
        case "GET /oauth/authorize":
          return showAuthorize(exchange);
        case "POST /oauth/authorize":
          return await decide(exchange);
        case "POST /login":
          return await logIn(exchange);
        case "POST /logout":
          return await logOut(exchange);
        case "POST /oauth/token":
        case "POST /oauth/check_token":
          return await tokenEndpoint(world, codes, exchange);
        default:
          exchange.violations.push(`${method} ${url.pathname} is not an operation of MeditLink's authorization server`);
          throw new MeditlinkProblem(404, "Not Found", "No message available");
      }
    } catch (error) {
      if (error instanceof MeditlinkProblem) return problemReply(world, error, url.pathname);
      throw error;
    }
  };
}

/** Reads an authorization request; what is wrong with the client or its redirect URI must not be sent to that URI. */
function checkAuthorizationRequest(world: World, { url, violations }: Exchange): AuthorizationRequest | Reply {
  const query = url.searchParams;
  const refuse = (sentence: string): Reply => {
    violations.push(sentence);
    return html(400, refusalPage(sentence));
  };
  if (query.get("client_id") !== CLIENT_ID) return refuse("The client_id is not registered");
  const redirectUri = query.get("redirect_uri");
  if (redirectUri === null || !world.live.redirectUris.includes(redirectUri)) {
    return refuse("The redirect_uri is not byte for byte one of the registered callback URLs");
  }
  const request = {
    redirectUri,
    scope: query.get("scope") ?? "",
    state: query.get("state"),
    challenge: query.get("code_challenge"),
  };
  if (query.get("response_type") !== "code") {
    violations.push("The response_type is not code");
    return redirect(callbackUrl(request, { error: "unsupported_response_type" }));
  }
  const scopes = request.scope.split(" ");
  if (scopes.some((scope) => !(SCOPES as readonly string[]).includes(scope))) {
    violations.push(`The scope "${request.scope}" has a name that the guide does not know; a scope is mandatory`);
    return redirect(callbackUrl(request, { error: "invalid_scope" }));
  }
  if (request.state === null) violations.push("The authorization request has no state");
  if (request.challenge !== null && query.get("code_challenge_method") !== "S256") {
    violations.push("The code_challenge is not of method S256");
    return redirect(callbackUrl(request, { error: "invalid_request" }));
  }
  return request;
}

/** The code (or error) is appended to the registered URL as it is: with & when it has a query already (guide FAQ). */
function callbackUrl({ redirectUri, state }: AuthorizationRequest, answer: Record<string, string>): string {
  const query = new URLSearchParams({ ...answer, ...(state === null ? {} : { state }) });
  return `${redirectUri}${redirectUri.includes("?") ? "&" : "?"}${query}`;
}

function redirect(location: string, headers: Record<string, string> = {}): Reply {
  return { status: 302, headers: { location, "cache-control": "no-store", ...headers } };
}

async function formOf(exchange: Exchange): Promise<URLSearchParams> {
  return new URLSearchParams((await exchange.body(64 * 1024)).toString("utf8"));
}
