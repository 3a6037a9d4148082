import { ensureSecrets } from "#lib/crypto/ensure-secrets.ts";
import { env } from "#lib/env.ts";

/** What seals next-auth's cookies: NEXTAUTH_SECRET, else the one kept under DATA_DIR. */
export function sessionSecret(): string {
  return env().NEXTAUTH_SECRET ?? ensureSecrets(env().DATA_DIR).nextAuthSecret;
}
