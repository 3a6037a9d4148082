import { type Credentials, openCredentials, sealCredentials } from "#lib/connections/credentials.ts";
import { inOneTrip } from "#lib/database/one-trip.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import type { Side } from "#lib/orders/order-schema.ts";
import { TOKEN_DEADLINES } from "#lib/vendors/deadlines.ts";
import type { IssuedTokens } from "#lib/vendors/vendor-auth.ts";

/**
 * The credentials of a connection and the short lease under which one process at a time renews them. All times are compared
 * in the database: the processes' clocks may differ by minutes (F07).
 */

/** A holder that died is replaced after this long; one that lives has its answer by then, or has hung up. */
const LEASE_SECONDS = (TOKEN_DEADLINES.totalMs + 5_000) / 1_000;
/** After a failed try nobody asks the vendor again for this long. */
const COOLING_SECONDS = 10;
const COOLING = "cooling";

/** A connection's credentials as one read found them. */
export type HeldCredentials = {
  connectionId: string;
  organisationId: string;
  vendor: string;
  region: string;
  side: Side;
  state: string;
  groupKey: string | null;
  /** Moves with every write of the credentials. */
  epoch: bigint;
  credentials: Readonly<Credentials> | null;
  /** ms until the access token dies; negative when it has. */
  remainingMs: number;
  /** Somebody is renewing now. */
  leased: boolean;
  /** The last try to renew failed a moment ago. */
  cooling: boolean;
  /** Sign-ins that were refused within the last hour. */
  refusedLogins: number;
  /** What the vendor granted: scopes, or a key's permissions. */
  grantedScopes: string[];
  /** ms for which the vendor wants no call from anybody; 0 or less without a pause. */
  pausedMs: number;
  /** ms until whoever found the vendor failing looks again; 0 or less when nobody did. */
  failingMs: number;
};

type Row = {
  id: string;
  vendor: string;
  region: string;
  side: Side;
  state: string;
  group_key: string | null;
  credential_epoch: string;
  credentials_sealed: Uint8Array | null;
  remaining_ms: number;
  leased: boolean;
  cooling: boolean;
  refused_logins: number;
  granted_scopes: string[];
  paused_ms: number;
  failing_ms: number;
};

const HELD = `
  SELECT c.id, c.vendor, c.region, c.side, c.state, c.group_key, c.granted_scopes, c.credential_epoch, c.credentials_sealed,
    coalesce(extract(epoch FROM c.access_expires_at - now()) * 1000, 0)::float8 AS remaining_ms,
    coalesce(c.lease_until > now() AND c.lease_owner <> '${COOLING}', false) AS leased,
    coalesce(c.lease_until > now() AND c.lease_owner = '${COOLING}', false) AS cooling,
    CASE WHEN c.last_login_try_at > now() - interval '1 hour' THEN c.failed_logins ELSE 0 END AS refused_logins,
    coalesce(extract(epoch FROM h.paused_until - now()) * 1000, 0)::float8 AS paused_ms,
    coalesce(CASE h.breaker WHEN 'open' THEN extract(epoch FROM h.breaker_next_try_at - now()) * 1000 END, 0)::float8
      AS failing_ms
  FROM connections AS c LEFT JOIN connection_health AS h ON h.connection_id = c.id
  WHERE c.organisation_id = $1`;

/** @returns null when this organisation has no such connection */
export async function readCredentials(organisationId: string, connectionId: string): Promise<HeldCredentials | null> {
  const [rows] = await inOneTrip<[Row[]]>(organisationId, {
    name: "credentials",
    text: `${HELD} AND c.id = $2`,
    values: [organisationId, connectionId],
  });
  return rows[0] ? toHeld(organisationId, rows[0]) : null;
}

/**
 * The credentials of this organisation's accounts at a vendor, or of the one that is named, if it is one of them.
 * @returns at most two: who asks for the one account wants to know whether there are more
 */
export async function readAccounts(
  organisationId: string,
  vendor: string,
  connectionId: string | null,
): Promise<HeldCredentials[]> {
  const [rows] = await inOneTrip<[Row[]]>(organisationId, {
    name: "accounts of a vendor",
    text: `${HELD} AND c.vendor = $2 AND c.state <> 'disconnected' AND c.id = coalesce($3::uuid, c.id) LIMIT 2`,
    values: [organisationId, vendor, connectionId],
  });
  return rows.map((row) => toHeld(organisationId, row));
}

function toHeld(organisationId: string, row: Row): HeldCredentials {
  return {
    connectionId: row.id,
    organisationId,
    vendor: row.vendor,
    region: row.region,
    side: row.side,
    state: row.state,
    groupKey: row.group_key,
    epoch: BigInt(row.credential_epoch),
    credentials: row.credentials_sealed && openCredentials(organisationId, row.id, row.credentials_sealed),
    remainingMs: row.remaining_ms,
    leased: row.leased,
    cooling: row.cooling,
    refusedLogins: row.refused_logins,
    grantedScopes: row.granted_scopes,
    pausedMs: row.paused_ms,
    failingMs: row.failing_ms,
  };
}

/** One UPDATE decides who renews. @returns true for the one */
export async function takeLease(held: HeldCredentials, owner: string): Promise<boolean> {
  const taken = await withOrganisation(
    held.organisationId,
    (tx) => tx.$executeRaw`
      UPDATE connections SET lease_owner = ${owner}, lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
      WHERE id = ${held.connectionId}::uuid AND organisation_id = ${held.organisationId}::uuid
        AND credential_epoch = ${held.epoch} AND state = 'connected'
        AND (lease_until IS NULL OR lease_until <= now() OR lease_owner = ${owner})`,
  );
  return taken === 1;
}

/** Ends a lease after a failed try; others are told not to try again at once. */
export async function coolLease(held: HeldCredentials, owner: string): Promise<void> {
  await withOrganisation(
    held.organisationId,
    (tx) => tx.$executeRaw`
      UPDATE connections SET lease_owner = ${COOLING}, lease_until = now() + make_interval(secs => ${COOLING_SECONDS})
      WHERE id = ${held.connectionId}::uuid AND organisation_id = ${held.organisationId}::uuid AND lease_owner = ${owner}`,
  );
}

/**
 * Writes renewed credentials where the epoch is still the one they were renewed from, and ends the lease. A holder that was
 * overtaken writes nothing: access and refresh token always belong together.
 */
export async function writeRenewed(held: HeldCredentials, renewed: Credentials, tokens: IssuedTokens): Promise<void> {
  const sealed = sealCredentials(held.organisationId, held.connectionId, renewed);
  const refreshLifeMs = tokens.refreshExpiresAt && tokens.refreshExpiresAt.getTime() - Date.now();
  await withOrganisation(
    held.organisationId,
    (tx) => tx.$executeRaw`
      UPDATE connections SET credentials_sealed = ${sealed}, credential_epoch = credential_epoch + 1,
        access_expires_at = now() + make_interval(secs => ${renewed.lifetimeMs / 1000}),
        refresh_expires_at = now() + make_interval(secs => ${refreshLifeMs === null ? null : refreshLifeMs / 1000}::float8),
        failed_logins = 0, lease_owner = NULL, lease_until = NULL, updated_at = now()
      WHERE id = ${held.connectionId}::uuid AND organisation_id = ${held.organisationId}::uuid
        AND credential_epoch = ${held.epoch} AND credentials_sealed IS NOT NULL`,
  );
}
