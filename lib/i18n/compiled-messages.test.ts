import { createTranslator } from "use-intl/core";
import formatCompiled from "use-intl/format-message/format-only";
import { expect, test } from "vitest";
import { compiledMessagesOf } from "./compiled-messages.ts";
import { LOCALES } from "./locales.ts";
import { messagesOf } from "./messages.ts";

/** Every argument that a sentence names, with the same value. */
const every = (sentence: string, value: unknown) =>
  Object.fromEntries([...sentence.matchAll(/\{(\w+)/g)].map(([, name]) => [name, value])) as Record<string, never>;
const formatters = {
  getNumberFormat: (locale: string, options?: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
  getPluralRules: (locale: string, options?: Intl.PluralRulesOptions) => new Intl.PluralRules(locale, options),
  getDateTimeFormat: (locale: string, options?: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
};
const leaves = (part: object, path: string): [path: string, message: unknown][] =>
  Object.entries(part).flatMap(([key, value]) =>
    typeof value === "string" || Array.isArray(value) ? [[path + key, value]] : leaves(value, `${path}${key}.`),
  );

test.each(LOCALES)("a compiled sentence says what the parser says, all of them in %s", (locale) => {
  const parsed = createTranslator({ locale, messages: messagesOf(locale), timeZone: "UTC" }) as unknown as (
    key: string,
    values: object,
  ) => string;
  const differing: string[] = [];
  const written = new Map(leaves(messagesOf(locale), "") as [string, string][]);
  for (const [path, message] of leaves(compiledMessagesOf(locale), ""))
    for (const value of [0, 1, 2, 1234.5, "accept", "reject"]) {
      const options = { locale, timeZone: "UTC", formatters } as unknown as Parameters<typeof formatCompiled>[3];
      const said = formatCompiled(path, message as string, every(written.get(path)!, value), options);
      // With nothing to say the parser repeats the key.
      if (String(said) !== "" && said !== parsed(path, every(written.get(path)!, value)))
        differing.push(`${path} (${value}): ${String(said)}`);
    }
  expect(differing).toEqual([]);
});
