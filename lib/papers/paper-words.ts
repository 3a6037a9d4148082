import { createFormatter, createTranslator } from "use-intl/core";
import type { Principal } from "#lib/access/principal.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import { isLocale } from "#lib/i18n/locales.ts";
import { messagesOf } from "#lib/i18n/messages.ts";
import { productName } from "#lib/i18n/product-name.ts";
import type { OrderView, Restoration } from "#lib/orders/order-schema.ts";
import { summariseRestorations } from "#lib/orders/summarise-restorations.ts";
import { type Fdi, isFdi, printTeeth, printTooth, type ToothNotation, universalOf } from "#lib/teeth/tooth.ts";

export type PaperWords = ReturnType<typeof paperWords>;

/** A paper's sentences, dates and teeth, as its reader wants them. */
export function paperWords(reader: Pick<Principal, "locale" | "toothNotation">, timeZone: string) {
  const locale: Locale = isLocale(reader.locale) ? reader.locale : "en";
  const messages = messagesOf(locale);
  const t = createTranslator({ locale, messages, namespace: "papers" });
  const prescription = createTranslator({ locale, messages, namespace: "prescription" });
  const format = createFormatter({ locale, timeZone });
  const notation: ToothNotation = reader.toothNotation;

  /** The names of the two notations, the reader's first. */
  const notations: [string, string] = notation === "fdi" ? ["FDI", "Universal"] : ["Universal", "FDI"];

  /** A vendor's name of a restoration, method or material. */
  const product = (name: string) => productName(name, messages.products);

  const tooth = (fdi: number) => (isFdi(fdi) ? printTooth(fdi, notation) : String(fdi));
  const teeth = (list: readonly Fdi[]) => printTeeth(list, notation);

  /** Both numbers of a place, the reader's first; a place that is no tooth has no second one. */
  function place(restoration: Restoration): { first: string; second: string } {
    const fdi = restoration.tooth?.fdi;
    if (fdi !== undefined && isFdi(fdi)) {
      const both = [String(fdi), universalOf(fdi)] as const;
      const [first, second] = notation === "fdi" ? both : ([both[1], both[0]] as const);
      return { first, second };
    }
    if (fdi !== undefined) return { first: String(fdi), second: "" };
    if (restoration.toothText) return { first: restoration.toothText, second: "" };
    if (restoration.jaw)
      return { first: prescription(restoration.jaw === "upper" ? "jawUpper" : "jawLower"), second: "" };
    if (restoration.dieNumber)
      return { first: prescription("die", { number: String(restoration.dieNumber) }), second: "" };
    return { first: prescription("noPlace"), second: "" };
  }

  /** "3-unit bridge 45–47, Crown 11 (FDI)", and apart what it is made of and its shades. */
  function summary(order: Pick<OrderView, "restorations">, bridges: readonly number[][] = []) {
    const found = summariseRestorations(order.restorations, bridges);
    const items = found.items.map((item) => {
      const jaws = item.jaws.map((jaw) => prescription(jaw === "upper" ? "jawUpper" : "jawLower"));
      const words = {
        type: item.type ? product(item.type) : prescription("restoration"),
        teeth: [teeth(item.teeth), ...jaws].filter(Boolean).join(", "),
      };
      const said =
        item.count > 1
          ? prescription("summaryMany", { ...words, count: item.count })
          : prescription("summaryItem", words);
      return said.trim();
    });
    const spans = found.bridges.map((span) => prescription("summaryBridge", { units: span.length, span: teeth(span) }));
    const list = (parts: string[]) => format.list(parts, { type: "unit", style: "short" });
    const what = list([...spans, ...items]);
    const isNumbered = spans.length > 0 || found.items.some((item) => item.teeth.length > 0);
    return {
      what: isNumbered ? prescription("summaryIn", { what, notation: notations[0] }) : what,
      materials: list(found.materials.map(product)),
      shades: list(found.shades),
    };
  }

  return {
    locale,
    notation,
    t,
    prescription,
    product,
    tooth,
    teeth,
    place,
    summary,
    /** A calendar day, which no time zone moves. */
    day: (iso: string) => format.dateTime(new Date(`${iso}T00:00:00Z`), { timeZone: "UTC", ...DAY }),
    instant: (at: string | Date) => format.dateTime(new Date(at), { dateStyle: "medium", timeStyle: "short" }),
    dayOf: (at: string | Date) => format.dateTime(new Date(at), DAY),
    notations,
  };
}

const DAY = { weekday: "short", day: "2-digit", month: "short", year: "numeric" } as const;
