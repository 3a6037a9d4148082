import { cookies, headers } from "next/headers";
import { currentPrincipal } from "#lib/access/require-member.ts";
import { isLocale, LOCALE_COOKIE, type Locale, negotiateLocale } from "#lib/i18n/locales.ts";

/** The language of the page being rendered: the member's, else the one this browser chose, else what it asks for. */
export async function requestLocale(): Promise<Locale> {
  const principal = await currentPrincipal();
  if (principal && isLocale(principal.locale)) return principal.locale;
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  return isLocale(chosen) ? chosen : negotiateLocale((await headers()).get("accept-language"));
}
