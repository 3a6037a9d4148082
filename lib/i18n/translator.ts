import { createTranslator } from "use-intl/core";
import type { Locale } from "#lib/i18n/locales.ts";
import { messagesOf } from "#lib/i18n/messages.ts";

/** Sentences outside React: mails, metadata, PDF. `translatorFor("de")("app.name")`. */
export function translatorFor(locale: Locale) {
  return createTranslator({ locale, messages: messagesOf(locale) });
}
