import type { Locale } from "#lib/i18n/locales.ts";
import { type Messages, messagesOf } from "#lib/i18n/messages.ts";

/** Sentences for the first drawing at the server, as they are written; in a browser `given-messages.ts` stands here. */
export function messagesToDraw(_given: Messages, locale: Locale): Messages {
  return messagesOf(locale);
}
