import type { Principal } from "#lib/access/principal.ts";
import { may } from "#lib/access/principal.ts";
import { toAppError } from "#lib/api/problem.ts";
import { takeState } from "#lib/connections/oauth-state.ts";
import { lifetimeOf } from "#lib/connections/renew-credentials.ts";
import { saveConnection } from "#lib/connections/save-connection.ts";
import { newId } from "#lib/database/new-id.ts";
import { AppError, type ErrorCode } from "#lib/errors.ts";
import { log } from "#lib/log/log.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { findAuthorizationServer } from "#lib/vendors/registry.ts";

/**
 * The OAuth callback: checks the state, exchanges the code, asks whose account it is and keeps it. Never throws: each failure is
 * a code that the connections page has a sentence for. No token call is made for a callback that fails a check.
 * @param principal null when the browser that came back is not signed in
 * @returns where to send the browser
 */
export async function finishConnection(
  principal: Principal | null,
  serverId: string,
  query: URLSearchParams,
): Promise<string> {
  try {
    if (!principal || !may(principal.role, "connect")) throw new AppError("oauth_state_wrong");
    return `/connections?connected=${await finish(principal, serverId, query)}`;
  } catch (thrown) {
    const error = toAppError(thrown);
    const entry = { server: findAuthorizationServer(serverId)?.server.id, code: error.code, err: error };
    if (error.code === "internal") log.error(entry, "connecting failed");
    else log.info(entry, "connecting refused");
    return `/connections?problem=${error.code}`;
  }
}

async function finish(principal: Principal, serverId: string, query: URLSearchParams): Promise<string> {
  const found = findAuthorizationServer(serverId);
  if (!found) throw new AppError("oauth_state_wrong");
  const { auth, server, vendor } = found;
  const state = await takeState(principal, serverId, only(query, "state"));
  if (query.has("error")) throw new AppError(CONSENT_ERRORS[query.get("error") ?? ""] ?? "vendor_refused");
  const code = only(query, "code");
  if (!code || code.length > 2_000) throw new AppError("oauth_state_wrong");
  const { redirectUri, codeVerifier } = state;
  const tokens = await auth
    .exchangeCode(server, { code, redirectUri, codeVerifier })
    .catch(explain("oauth_code_expired"));
  const session = {
    connectionId: state.connectionId ?? newId(),
    organisationId: principal.organisationId,
    baseUrl: server.apiUrl,
    accessToken: tokens.accessToken,
    groupKey: null,
    region: server.region,
  };
  const account = await vendor.identify(session).catch(explain("vendor_refused"));
  if (!account.groupKey) throw new AppError("no_group");
  return saveConnection(principal, {
    vendor: vendor.id,
    region: server.region,
    account,
    credentials: {
      kind: "oauth",
      accessToken: tokens.accessToken,
      refreshToken: tokens.refreshToken,
      lifetimeMs: lifetimeOf(tokens),
      renewed: false,
    },
    tokens,
    requestedScopes: auth.scopes(),
    renews: state.connectionId,
  });
}

/** RFC 6749 §4.1.2.1 */
const CONSENT_ERRORS: Record<string, ErrorCode> = {
  access_denied: "consent_declined",
  invalid_scope: "vendor_scope_missing",
  unauthorized_client: "vendor_not_configured",
  server_error: "vendor_failed",
  temporarily_unavailable: "vendor_unreachable",
};

/** A parameter that must be there once; a repeated one is nobody's. */
function only(query: URLSearchParams, name: string): string {
  const values = query.getAll(name);
  return values.length === 1 ? (values[0] ?? "") : "";
}

/** At this point a refused credential is no matter of reconnecting: it has a sentence of its own. */
function explain(code: ErrorCode): (error: unknown) => never {
  return (error) => {
    if (error instanceof VendorError && (error.kind === "credentials" || error.kind === "token"))
      throw new AppError(code, error.message, { cause: error });
    throw error;
  };
}
