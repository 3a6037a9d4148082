import { createHash } from "node:crypto";
import type { Principal } from "#lib/access/principal.ts";
import { type SealedPlace, unseal } from "#lib/crypto/seal.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";

/** What was remembered when the browser was sent to the vendor. */
export type TakenState = { connectionId: string | null; redirectUri: string; codeVerifier: string | null };

/** 32 random bytes, base64url: what {@link file://./start-connection.ts} hands out. */
const STATE_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/** Only its hash is kept: who reads the table cannot finish anybody's sign-in. */
export function stateHashOf(state: string): Buffer<ArrayBuffer> {
  return Buffer.from(createHash("sha256").update(state).digest());
}

/** Byte-identical in the authorize and the token request (RFC 6749 §4.1.3); one path per authorization server. */
export function redirectUriOf(serverId: string): string {
  return `${env().PORTAL_URL}/api/oauth/${encodeURIComponent(serverId)}/callback`;
}

export function verifierPlace(organisationId: string, stateHash: Uint8Array): SealedPlace {
  const row = Buffer.from(stateHash).toString("hex");
  return { organisationId, table: "oauth_states", column: "verifier_sealed", row };
}

/**
 * Uses up a state. One UPDATE decides: of two tabs or a doubled request one gets it. Only who began may finish, in the same
 * organisation, at the same authorization server.
 * @throws {AppError} oauth_state_wrong, oauth_state_used, oauth_state_expired
 */
export async function takeState(principal: Principal, serverId: string, state: string): Promise<TakenState> {
  if (!STATE_PATTERN.test(state)) throw new AppError("oauth_state_wrong");
  const { organisationId, via } = principal;
  const stateHash = stateHashOf(state);
  const row = await withOrganisation(organisationId, async (tx) => {
    const where = { stateHash, organisationId, principal: via, vendor: serverId };
    const now = new Date();
    const taken = await tx.oauthState.updateMany({
      where: { ...where, usedAt: null, expiresAt: { gt: now } },
      data: { usedAt: now },
    });
    return taken.count === 1 ? tx.oauthState.findUniqueOrThrow({ where: { stateHash } }) : refuse(tx, where);
  });
  const { verifierSealed } = row;
  return {
    connectionId: row.connectionId,
    redirectUri: row.redirectUri,
    codeVerifier: verifierSealed && unseal(verifierSealed, verifierPlace(organisationId, stateHash)).toString(),
  };
}

async function refuse(
  tx: TenantTransaction,
  where: { stateHash: Uint8Array<ArrayBuffer>; organisationId: string; principal: string; vendor: string },
): Promise<never> {
  const row = await tx.oauthState.findFirst({ where, select: { usedAt: true } });
  if (!row) throw new AppError("oauth_state_wrong");
  throw new AppError(row.usedAt ? "oauth_state_used" : "oauth_state_expired");
}
