import { env } from "#lib/env.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { authorizationServers, clientAt } from "#lib/vendors/meditlink/config.ts";
import { checkToken, type OAuthClient, requestTokens } from "#lib/vendors/oauth.ts";
import type { AuthorizationServer, OAuthAuth } from "#lib/vendors/vendor-auth.ts";

/** §1: authorization code, refresh and, behind its setting, the password grant. Client credentials are not offered (FAQ). */
export const auth: OAuthAuth = {
  kind: "oauth",
  servers: authorizationServers,
  client: (server) => clientAt(server.region),
  scopes: () => env().MEDITLINK_SCOPES,
  // Not in the document, and the server's kind is older than PKCE: it would not check the verifier.
  pkce: false,
  missingSettings() {
    const settings = env();
    if (authorizationServers().some(({ region }) => clientAt(region))) return [];
    return (["MEDITLINK_CLIENT_ID", "MEDITLINK_CLIENT_SECRET"] as const).filter((name) => !settings[name]);
  },

  /** §1.2.1 step 4 */
  async exchangeCode(server, { code, redirectUri, codeVerifier }) {
    return await requestTokens(server.tokenUrl, client(server), {
      grant_type: "authorization_code",
      code,
      redirect_uri: redirectUri,
      ...(codeVerifier === null ? {} : { code_verifier: codeVerifier }),
    });
  },

  /** §1.4 */
  async refresh(server, refreshToken) {
    const grant = { grant_type: "refresh_token", refresh_token: refreshToken };
    return await requestTokens(server.tokenUrl, client(server), grant, refreshToken);
  },

  /** §1.2.3 */
  get passwordGrant() {
    return env().MEDITLINK_ALLOW_PASSWORD_GRANT ? signInWithPassword : undefined;
  },

  /** §1.3 */
  async checkToken(server, accessToken) {
    if (server.checkTokenUrl === null) throw new Error(`${server.id} has no check_token`);
    return await checkToken(server.checkTokenUrl, client(server), accessToken);
  },
};

async function signInWithPassword(server: AuthorizationServer, input: { username: string; password: string }) {
  const { username, password } = input;
  const grant = { grant_type: "password", username, password, scope: auth.scopes().join(" ") };
  return await requestTokens(server.tokenUrl, client(server), grant);
}

function client(server: AuthorizationServer): OAuthClient {
  const known = auth.client(server);
  if (!known) throw new VendorError("invalid", "meditlink", "MEDITLINK_CLIENT_ID is not set", { noEffect: true });
  return { vendor: "meditlink", ...known };
}
