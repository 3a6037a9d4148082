import { headers } from "next/headers";
import { redirect } from "next/navigation";
import type { Principal } from "#lib/access/principal.ts";
import { principalOf } from "#lib/access/principal-of.ts";

/** Who looks at the page being rendered. @returns null for nobody */
export async function currentPrincipal(): Promise<Principal | null> {
  return principalOf(await headers());
}

/** The member who looks at the page; anybody else is sent to the sign-in page and back here afterwards. */
export async function requireMember(returnTo?: string): Promise<Principal> {
  const principal = await currentPrincipal();
  if (!principal) redirect(returnTo ? `/sign-in?callbackUrl=${encodeURIComponent(returnTo)}` : "/sign-in");
  return principal;
}
