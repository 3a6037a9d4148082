import type { Locale } from "#lib/i18n/locales.ts";
import de from "./messages/de.json" with { type: "json" };
import en from "./messages/en.json" with { type: "json" };

/** The catalogue's shape: English is the reference, `messages.test.ts` holds the others to it. */
export type Messages = typeof en;

const CATALOGUES: Record<Locale, Messages> = { en, de };

export function messagesOf(locale: Locale): Messages {
  return CATALOGUES[locale];
}

declare module "use-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
