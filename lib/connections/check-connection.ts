import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import type { ConnectionView } from "#lib/connections/connection-schema.ts";
import { readConnection } from "#lib/connections/list-connections.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { announce } from "#lib/events/announce.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { findVendor } from "#lib/vendors/registry.ts";
import type { Vendor } from "#lib/vendors/vendor.ts";
import type { CheckedToken } from "#lib/vendors/vendor-auth.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

type Place = { id: string; organisationId: string };

/**
 * Asks the vendor now whether it still takes this connection's sign-in, and for how long.
 * @throws {AppError} forbidden, not_found, reconnect_needed {VendorError} when the vendor cannot be asked
 */
export async function checkConnection(principal: Principal, connectionId: string): Promise<ConnectionView> {
  requirePermission(principal, "sync");
  const { organisationId } = principal;
  const where = { id: connectionId, organisationId, state: { not: "disconnected" } };
  const row = await withOrganisation(organisationId, (tx) => tx.connection.findFirst({ where, select: { id: true } }));
  if (!row) throw new AppError("not_found");
  await checkToken({ id: connectionId, organisationId });
  return readConnection(principal, connectionId);
}

/**
 * The connection's health check: the token is looked up at the authorization server where it has a call for that, else the
 * cheapest call of the API is made. What it says of the token's life is kept; a token that is not taken is renewed by the next call.
 */
export async function checkToken({ id, organisationId }: Place, signal?: AbortSignal): Promise<void> {
  const options = signal ? { signal } : {};
  const checked = await withSession(id, organisationId, askVendor, options).catch((error: unknown) => {
    if (error instanceof VendorError && error.kind === "token") return REFUSED;
    throw error;
  });
  const secondsTo = (instant: Date | null) => instant && (instant.getTime() - Date.now()) / 1000;
  await withOrganisation(organisationId, async (tx) => {
    await tx.$executeRaw`
      INSERT INTO connection_health (connection_id, organisation_id, checked_at, check_result)
      VALUES (${id}::uuid, ${organisationId}::uuid, now(), ${checked.active ? "taken" : "refused"})
      ON CONFLICT (connection_id) DO UPDATE SET checked_at = EXCLUDED.checked_at, check_result = EXCLUDED.check_result`;
    // Two clocks never agree to the second: a small difference is no news, and would begin the reminders anew.
    if (checked.active && checked.refreshExpiresAt)
      await tx.$executeRaw`
        UPDATE connections SET refresh_expires_at = now() + make_interval(secs => ${secondsTo(checked.refreshExpiresAt)}::float8)
        WHERE id = ${id}::uuid AND organisation_id = ${organisationId}::uuid AND state = 'connected'
          AND coalesce(abs(extract(epoch FROM refresh_expires_at - now()) - ${secondsTo(checked.refreshExpiresAt)}::float8) > 120, true)`;
    await announce(tx, { organisationId, topic: "connection", id });
  });
}

const REFUSED: CheckedToken = { active: false, accessExpiresAt: null, refreshExpiresAt: null, scopes: [] };

async function askVendor(session: VendorSession, { id: vendor, auth, identify }: Vendor): Promise<CheckedToken> {
  if (auth.kind !== "oauth" || !auth.checkToken) {
    await identify(session);
    return { ...REFUSED, active: true };
  }
  const server = findAuthorizationServerOf(vendor, session.region);
  return auth.checkToken(server, session.accessToken);
}

function findAuthorizationServerOf(vendor: string, region: string) {
  const auth = findVendor(vendor)?.auth;
  const server = auth?.kind === "oauth" ? auth.servers().find((one) => one.region === region) : undefined;
  if (!server) throw new AppError("vendor_not_configured");
  return server;
}
