import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import { ERROR_STATUS } from "#lib/errors.ts";
import { LOCALES } from "#lib/i18n/locales.ts";
import { messagesOf } from "#lib/i18n/messages.ts";

type Tree = { [key: string]: string | Tree };

function sentences(tree: Tree, path = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[path + key, value] as [string, string]] : sentences(value, `${path + key}.`),
  );
}

/** Names of the placeholders of an ICU message, also inside its plural and select branches. */
function placeholders(message: string): string[] {
  const names = new Set<string>();
  let at = 0;
  function text(end: string): void {
    for (; at < message.length && message[at] !== end; at++) if (message[at] === "{") argument();
  }
  function argument(): void {
    const [head = "", name = ""] = /^\{\s*(\w+)\s*/.exec(message.slice(at)) ?? [];
    names.add(name);
    at += head.length;
    for (; at < message.length && message[at] !== "}"; at++)
      if (message[at] === "{") {
        at++;
        text("}");
      }
  }
  text("");
  return [...names].sort();
}

const english = sentences(messagesOf("en"));

describe("the message catalogues", () => {
  it.each(LOCALES)("%s says everything that English says, and nothing else", (locale) => {
    const keys = sentences(messagesOf(locale)).map(([key]) => key);
    expect(keys.sort()).toEqual(english.map(([key]) => key).sort());
  });

  it.each(LOCALES)("%s names the same people, numbers and dates as English in each sentence", (locale) => {
    const mine = new Map(sentences(messagesOf(locale)));
    for (const [key, sentence] of english)
      expect(placeholders(mine.get(key) ?? ""), key).toEqual(placeholders(sentence));
  });

  it.each(LOCALES)("every sentence in %s can be formatted and none is empty", (locale) => {
    const t = createTranslator({
      locale,
      messages: messagesOf(locale) as Tree,
      onError: (error) => {
        throw error;
      },
    }) as unknown as (key: string, values: Record<string, number>) => string;
    for (const [key, sentence] of sentences(messagesOf(locale))) {
      const values = Object.fromEntries(placeholders(sentence).map((name) => [name, 2]));
      expect(t(key, values).trim(), key).not.toBe("");
    }
  });

  it.each(LOCALES)(
    "every error code has a sentence for the user in %s, which needs nothing to be filled in",
    (locale) => {
      const errors: Record<string, string> = messagesOf(locale).errors;
      for (const code of Object.keys(ERROR_STATUS)) {
        expect(errors[code], code).toBeTruthy();
        expect(placeholders(errors[code] ?? ""), code).toEqual([]);
      }
    },
  );
});
