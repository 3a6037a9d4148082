import { createTranslator } from "use-intl/core";
import type { ErrorCode } from "#lib/errors.ts";
import de from "#lib/i18n/messages/de.json" with { type: "json" };
import en from "#lib/i18n/messages/en.json" with { type: "json" };

type Sentences = Record<string, string>;
const SENTENCES: Record<string, Sentences> = {
  en: (en as { errors?: Sentences }).errors ?? {},
  de: (de as { errors?: Sentences }).errors ?? {},
};

/** The sentence a person reads for an error code: what happened, what is safe, what to do. */
export function errorSentence(code: ErrorCode, facts: Record<string, string | number>, locale: string): string {
  const language = locale.startsWith("de") ? "de" : "en";
  const translate = createTranslator({
    locale: language,
    messages: SENTENCES[language]!,
    onError: () => {},
    getMessageFallback: () => code,
  });
  return (translate as (key: string, values: Record<string, string | number>) => string)(code, facts);
}
