import type { Messages } from "#lib/i18n/messages.ts";

/** Sentences for a browser: those that came with the page, compiled (lib/i18n/compiled-messages.ts). */
export function messagesToDraw(given: Messages): Messages {
  return given;
}
