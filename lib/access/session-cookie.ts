import { env } from "#lib/env.ts";

/** How long a session lasts at most, in seconds. */
export const SESSION_SECONDS = 14 * 24 * 3600;

/** The name and flags of next-auth's session cookie, as next-auth itself chooses them. */
export function sessionCookie(): { name: string; secure: boolean } {
  const secure = env().PORTAL_URL.startsWith("https:");
  return { name: `${secure ? "__Secure-" : ""}next-auth.session-token`, secure };
}
