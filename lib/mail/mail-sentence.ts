import { createTranslator } from "use-intl/core";
import de from "#lib/i18n/messages/de.json" with { type: "json" };
import en from "#lib/i18n/messages/en.json" with { type: "json" };

/** A sentence of the catalogue's `mail` part, in the reader's language. */
export function mailSentence(
  key: keyof typeof en.mail,
  values: Record<string, string | number>,
  locale: string,
): string {
  const language = locale.startsWith("de") ? "de" : "en";
  const translate = createTranslator({ locale: language, messages: language === "de" ? de.mail : en.mail });
  return (translate as (key: string, values: Record<string, string | number>) => string)(key, values);
}
