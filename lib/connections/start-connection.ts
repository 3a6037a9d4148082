import { createHash, randomBytes } from "node:crypto";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { redirectUriOf, stateHashOf, verifierPlace } from "#lib/connections/oauth-state.ts";
import { seal } from "#lib/crypto/seal.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { findAuthorizationServer } from "#lib/vendors/registry.ts";

/** How long a person may take at the vendor's consent page. */
const STATE_LIFE_MS = 10 * 60_000;

/**
 * Begins to connect an account (RFC 6749 §4.1.1): remembers a one-use state, bound to who began, the organisation and the
 * authorization server, and says where to send the browser.
 * @param connectionId the connection to renew; null for a new account
 * @returns the address of the vendor's consent page
 * @throws {AppError} forbidden, not_found, vendor_not_configured
 */
export async function startConnection(
  principal: Principal,
  serverId: string,
  connectionId: string | null,
): Promise<string> {
  requirePermission(principal, "connect");
  const found = findAuthorizationServer(serverId);
  if (!found) throw new AppError("not_found");
  const { auth, server, vendor } = found;
  const client = auth.client(server);
  if (!client || auth.missingSettings().length > 0) throw new AppError("vendor_not_configured");
  const { organisationId, userId } = principal;
  const state = randomBytes(32).toString("base64url");
  const stateHash = stateHashOf(state);
  const verifier = auth.pkce ? randomBytes(32).toString("base64url") : null;
  const redirectUri = redirectUriOf(serverId);
  await withOrganisation(organisationId, async (tx) => {
    if (connectionId) {
      const where = { id: connectionId, organisationId, vendor: vendor.id };
      if ((await tx.connection.count({ where })) === 0) throw new AppError("not_found");
    }
    await tx.oauthState.create({
      data: {
        stateHash,
        organisationId,
        userId,
        principal: principal.via,
        vendor: serverId,
        connectionId,
        redirectUri,
        verifierSealed: verifier ? seal(verifier, verifierPlace(organisationId, stateHash)) : null,
        expiresAt: new Date(Date.now() + STATE_LIFE_MS),
      },
    });
  });
  return withQuery(server.authorizeUrl, {
    client_id: client.id,
    response_type: "code",
    redirect_uri: redirectUri,
    scope: auth.scopes().join(" "),
    state,
    ...(verifier ? { code_challenge: challengeOf(verifier), code_challenge_method: "S256" } : {}),
  });
}

/** RFC 7636 §4.2 */
function challengeOf(verifier: string): string {
  return createHash("sha256").update(verifier).digest("base64url");
}

/** Percent-encoded throughout: not every server reads "+" in a query as a space. */
function withQuery(address: string, query: Record<string, string>): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${address}${address.includes("?") ? "&" : "?"}${pairs.join("&")}`;
}
