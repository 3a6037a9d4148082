/** The languages of the portal; each has a complete catalogue in `messages/`. */
export const LOCALES = ["en", "de"] as const;
export type Locale = (typeof LOCALES)[number];

/** Remembers the language of a browser that nobody has signed in with yet. */
export const LOCALE_COOKIE = "casebench-locale";

export function isLocale(value: unknown): value is Locale {
  return LOCALES.includes(value as Locale);
}

/** The best of our languages for an `Accept-Language` header (RFC 9110 §12.5.4); English when none fits. */
export function negotiateLocale(acceptLanguage: string | null): Locale {
  const wanted = (acceptLanguage ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = parameters.map((p) => p.trim()).find((p) => p.startsWith("q="));
      return { language: tag.toLowerCase().split("-")[0], quality: quality ? Number(quality.slice(2)) : 1 };
    })
    .filter((w) => w.quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return (wanted.find((w) => isLocale(w.language))?.language as Locale | undefined) ?? "en";
}
