import { describe, expect, it } from "vitest";
import { negotiateLocale } from "./locales.ts";

describe("the language of a browser", () => {
  it.each([
    ["de-AT,de;q=0.9,en;q=0.8", "de"],
    ["en-GB,en;q=0.9,de;q=0.8", "en"],
    ["fr-FR,fr;q=0.9,de;q=0.5,en;q=0.3", "de"],
    ["de;q=0,en", "en"],
    ["ja", "en"],
    ["", "en"],
  ])("%s is answered in %s", (header, locale) => {
    expect(negotiateLocale(header)).toBe(locale);
  });

  it("is English when the browser names none", () => {
    expect(negotiateLocale(null)).toBe("en");
  });
});
