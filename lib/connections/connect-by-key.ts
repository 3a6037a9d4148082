import type { Principal } from "#lib/access/principal.ts";
import { lifetimeOf } from "#lib/connections/renew-credentials.ts";
import { saveConnection } from "#lib/connections/save-connection.ts";
import { turnsOf } from "#lib/connections/vendor-turns.ts";
import { newId } from "#lib/database/new-id.ts";
import { AppError } from "#lib/errors.ts";
import type { Vendor } from "#lib/vendors/vendor.ts";
import type { KeyAuth } from "#lib/vendors/vendor-auth.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** A key does not expire; a time so far away is never reached. */
const FOR_EVER_MS = 50 * 365 * 86_400_000;

/**
 * Connects an account by a key: the vendor is asked whose it is and what it may do before it is kept. Until that is known the key is
 * used at the slowest pace that the vendor allows a key of what its owner states.
 * @returns the connection's id
 * @throws {AppError} vendor_not_configured {VendorError} token, when the key is refused
 */
export async function connectByKey(
  principal: Principal,
  vendor: Vendor,
  auth: KeyAuth,
  values: Record<string, string>,
  renews: string | null,
): Promise<string> {
  if (auth.missingSettings().length > 0) throw new AppError("vendor_not_configured");
  const accessToken = auth.accessToken(values);
  const session: VendorSession = {
    connectionId: renews ?? newId(),
    organisationId: principal.organisationId,
    baseUrl: auth.baseUrl(values),
    accessToken,
    groupKey: null,
    region: "default",
    inTurn: turnsOf(vendor.id, auth.countedBy(accessToken), auth.pauseMs(auth.statedPermissions(values))),
  };
  const account = await vendor.identify(session);
  const scopes = await auth.findPermissions(session, values);
  const tokens = {
    accessToken,
    refreshToken: null,
    accessExpiresAt: new Date(Date.now() + FOR_EVER_MS),
    refreshExpiresAt: null,
    scopes,
  };
  return saveConnection(principal, {
    vendor: vendor.id,
    region: "default",
    account,
    credentials: { kind: "key", values, accessToken, lifetimeMs: lifetimeOf(tokens), renewed: false },
    tokens,
    requestedScopes: auth.permissions,
    renews,
  });
}
