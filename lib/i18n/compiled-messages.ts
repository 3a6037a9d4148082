import compile from "icu-minify/compile";
import type { Locale } from "#lib/i18n/locales.ts";
import { type Messages, messagesOf } from "#lib/i18n/messages.ts";

const compiled = new Map<Locale, Messages>();

/**
 * The catalogue as a browser gets it: each sentence taken apart already, so that no page brings a parser along
 * (`turbopack.resolveAlias`).
 */
export function compiledMessagesOf(locale: Locale): Messages {
  // The compiler makes objects without a prototype, and those do not travel from the server's part of a page to the browser's.
  const messages = compiled.get(locale) ?? (JSON.parse(JSON.stringify(compileAll(messagesOf(locale)))) as Messages);
  compiled.set(locale, messages);
  return messages;
}

function compileAll(part: object): object {
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [
      key,
      typeof value === "string" ? compile(value) : compileAll(value as object),
    ]),
  );
}
