import type { Principal } from "#lib/access/principal.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { type Credentials, sealCredentials } from "#lib/connections/credentials.ts";
import { resumeParked } from "#lib/connections/resume-parked.ts";
import { newId } from "#lib/database/new-id.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { announce } from "#lib/events/announce.ts";
import { enqueue } from "#lib/jobs/queue.ts";
import type { VendorAccount } from "#lib/vendors/vendor.ts";
import type { IssuedTokens } from "#lib/vendors/vendor-auth.ts";

export type SignedInAccount = {
  vendor: string;
  region: string;
  account: VendorAccount;
  credentials: Credentials;
  tokens: IssuedTokens;
  /** Scopes that were asked for. */
  requestedScopes: readonly string[];
  /** The connection that was to be renewed; null for a new account. */
  renews: string | null;
};

/**
 * Keeps an account that somebody has just signed in to, and asks for its first sync. The same account signed in to again renews
 * its connection, whatever state that was in: an account is never here twice.
 * @returns the connection's id
 * @throws {AppError} other_account, not_found
 */
export async function saveConnection(principal: Principal, signedIn: SignedInAccount): Promise<string> {
  return withOrganisation(principal.organisationId, async (tx) => {
    await refuseOtherAccount(tx, principal, signedIn);
    const { organisationId } = principal;
    const { vendor, account } = signedIn;
    const { id, isNew } = await upsertRow(tx, principal, signedIn);
    const facts = { vendor, side: account.side };
    const action = isNew ? "connection.created" : "connection.renewed";
    const subject = { subjectType: "connection", subjectId: id };
    await appendAudit(tx, { organisationId, actorId: principal.userId, action, ...subject, facts });
    if (!isNew) await resumeParked(tx, organisationId, id);
    await enqueue(tx, "sync-connection", { organisationId, connectionId: id });
    await announce(tx, { organisationId, topic: "connection", id });
    return id;
  });
}

async function refuseOtherAccount(tx: TenantTransaction, principal: Principal, signedIn: SignedInAccount) {
  if (!signedIn.renews) return;
  const row = await tx.connection.findFirst({
    where: { id: signedIn.renews, organisationId: principal.organisationId, vendor: signedIn.vendor },
    select: { accountKey: true },
  });
  if (!row) throw new AppError("not_found");
  if (row.accountKey !== signedIn.account.accountKey) throw new AppError("other_account");
}

/** Two tabs may finish at the same moment: the first writes the row, the second renews it. */
async function upsertRow(tx: TenantTransaction, principal: Principal, signedIn: SignedInAccount) {
  const { organisationId } = principal;
  const { vendor, account, tokens } = signedIn;
  const key = { organisationId, vendor, accountKey: account.accountKey };
  const created = await tx.connection.createMany({
    data: [{ id: newId(), ...key, account: account.account, side: account.side, createdBy: principal.userId }],
    skipDuplicates: true,
  });
  const row = await tx.connection.findUniqueOrThrow({
    where: { organisationId_vendor_accountKey: key },
    select: { id: true },
  });
  const granted = tokens.scopes.length > 0 ? tokens.scopes : [...signedIn.requestedScopes];
  await tx.connection.update({
    where: { id: row.id, organisationId },
    data: {
      account: account.account,
      groupKey: account.groupKey,
      groupName: account.groupName,
      side: account.side,
      region: signedIn.region,
      state: "connected",
      problem: null,
      problemAt: null,
      credentialsSealed: sealCredentials(organisationId, row.id, signedIn.credentials),
      credentialEpoch: { increment: 1 },
      grantedScopes: granted,
      missingScopes: signedIn.requestedScopes.filter((scope) => !granted.includes(scope)),
      leaseOwner: null,
      leaseUntil: null,
      failedLogins: 0,
      lastLoginTryAt: null,
    },
  });
  await writeExpiry(tx, row.id, organisationId, tokens);
  return { id: row.id, isNew: created.count === 1 };
}

/** Lives are kept by the database's clock, the one all processes share (F07). */
async function writeExpiry(tx: TenantTransaction, id: string, organisationId: string, tokens: IssuedTokens) {
  const secondsTo = (instant: Date | null) => instant && (instant.getTime() - Date.now()) / 1000;
  await tx.$executeRaw`
    UPDATE connections SET
      access_expires_at = now() + make_interval(secs => ${secondsTo(tokens.accessExpiresAt)}::float8),
      refresh_expires_at = now() + make_interval(secs => ${secondsTo(tokens.refreshExpiresAt)}::float8)
    WHERE id = ${id}::uuid AND organisation_id = ${organisationId}::uuid`;
}
