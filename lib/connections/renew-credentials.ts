import type { HeldCredentials } from "#lib/connections/credential-lease.ts";
import { coolLease, takeLease, writeRenewed } from "#lib/connections/credential-lease.ts";
import type { Credentials } from "#lib/connections/credentials.ts";
import { markReconnectNeeded } from "#lib/connections/mark-reconnect-needed.ts";
import { AppError } from "#lib/errors.ts";
import { log } from "#lib/log/log.ts";
import { VendorError } from "#lib/vendors/error.ts";
import type { Vendor } from "#lib/vendors/vendor.ts";
import type { IssuedTokens } from "#lib/vendors/vendor-auth.ts";

/** Sign-ins that a vendor may refuse per hour before we stop: most lock the account after five (F04). */
const MOST_REFUSED_LOGINS = 3;

/**
 * Asks the vendor for a new access token, under the lease `owner` holds, outside any transaction.
 * @throws {AppError} reconnect_needed when the vendor refuses for good
 * @throws {VendorError} when it cannot be asked now
 */
export async function renewCredentials(held: HeldCredentials, vendor: Vendor, owner: string): Promise<void> {
  const { credentials } = held;
  if (!credentials) throw new AppError("reconnect_needed");
  try {
    const tokens = await askOnceMore(() => askVendor(held, vendor, credentials), held, owner);
    await writeRenewed(held, toCredentials(credentials, tokens), tokens);
    log.info({ connectionId: held.connectionId, vendor: vendor.id }, "connection: access token renewed");
  } catch (error) {
    if (!(error instanceof VendorError) || error.kind !== "credentials") {
      await coolLease(held, owner);
      throw error;
    }
    const byPassword = credentials.kind === "password";
    const problem = byPassword || credentials.kind === "key" ? "vendor_credentials_wrong" : "reconnect_needed";
    await markReconnectNeeded(held, problem, { countsAsLogin: byPassword });
    throw new AppError("reconnect_needed", "credentials refused", { cause: error });
  }
}

/**
 * When the answer was lost the vendor may have renewed all the same: one further try with what we have decides. A lenient
 * server takes it, a strict one refuses for good (F02).
 */
async function askOnceMore(
  ask: () => Promise<IssuedTokens>,
  held: HeldCredentials,
  owner: string,
): Promise<IssuedTokens> {
  try {
    return await ask();
  } catch (error) {
    const isInDoubt = error instanceof VendorError && !error.noEffect && IN_DOUBT.has(error.kind);
    if (!isInDoubt || !(await takeLease(held, owner))) throw error;
    return ask();
  }
}

const IN_DOUBT: ReadonlySet<string> = new Set(["timeout", "unavailable", "bad_content"]);

async function askVendor(held: HeldCredentials, vendor: Vendor, credentials: Credentials): Promise<IssuedTokens> {
  const { auth } = vendor;
  if (auth.kind === "oauth" && credentials.kind === "oauth") {
    const server = auth.servers().find((s) => s.region === held.region);
    if (!server) throw new AppError("vendor_not_configured");
    if (!credentials.refreshToken)
      throw new VendorError("credentials", vendor.id, "no refresh token was issued", { noEffect: true });
    return auth.refresh(server, credentials.refreshToken);
  }
  if (auth.kind === "password" && credentials.kind === "password") {
    if (held.refusedLogins >= MOST_REFUSED_LOGINS)
      throw new VendorError("credentials", vendor.id, "refused too often within the hour", { noEffect: true });
    return auth.signIn({ email: credentials.email, password: credentials.password });
  }
  if (auth.kind === "key" && credentials.kind === "key")
    throw new VendorError("credentials", vendor.id, "the key was refused, and there is no other", { noEffect: true });
  throw new AppError("vendor_not_configured", "credentials of another kind than the vendor's");
}

function toCredentials(previous: Credentials, tokens: IssuedTokens): Credentials {
  const renewed = { accessToken: tokens.accessToken, lifetimeMs: lifetimeOf(tokens), renewed: true };
  if (previous.kind !== "oauth") return { ...previous, ...renewed };
  return { ...previous, ...renewed, refreshToken: tokens.refreshToken ?? previous.refreshToken };
}

/** No access token is believed to live longer, ms; what is no number of years at all lives as long, until the vendor refuses it. */
const LONGEST_LIFE_MS = 365 * 86_400_000;

/** ms from now, when the tokens have just arrived. */
export function lifetimeOf(tokens: IssuedTokens): number {
  const life = tokens.accessExpiresAt.getTime() - Date.now();
  return Number.isNaN(life) ? LONGEST_LIFE_MS : Math.min(LONGEST_LIFE_MS, Math.max(0, life));
}
