"use client";
import { useFormatter, useMessages, useTranslations } from "use-intl";
import { useMember } from "#components/portal/member-context.tsx";
import { productName } from "#lib/i18n/product-name.ts";
import type { Restoration } from "#lib/orders/order-schema.ts";
import { type RestorationSummary, summariseRestorations } from "#lib/orders/summarise-restorations.ts";
import { type Fdi, isFdi, printTeeth, printTooth, universalOf } from "#lib/teeth/tooth.ts";

/** Teeth and restorations in the member's language and notation. */
export function useToothWords() {
  const t = useTranslations("prescription");
  const format = useFormatter();
  const { toothNotation } = useMember();
  const { products } = useMessages();

  /** The notation's own name: numbers that two notations have in common never stand without it. */
  const notation = toothNotation === "fdi" ? "FDI" : "Universal";

  const number = (fdi: number) => (isFdi(fdi) ? printTooth(fdi, toothNotation) : String(fdi));

  /** "Tooth 45 (Universal 29)" */
  function longName(fdi: Fdi): string {
    const both = { fdi: String(fdi), universal: universalOf(fdi) };
    return toothNotation === "fdi" ? t("toothLong", both) : t("toothLongUniversal", both);
  }

  /** A vendor's name of a restoration, method or material. */
  const product = (name: string) => productName(name, products);

  /** "Crown · Zirconia · A2" */
  function describe({ type, typeCode, method, material, shade }: Restoration): string {
    return [...[type ?? typeCode, method, material].map((name) => name && product(name)), shade]
      .filter(Boolean)
      .join(" · ");
  }

  /** Where a restoration stands, in words: a tooth, a jaw or the vendor's own text, and the die it is made on. */
  function place(restoration: Restoration): string {
    const { tooth, toothText, jaw, dieNumber } = restoration;
    const site = tooth ? number(tooth.fdi) : (toothText ?? (jaw && t(jaw === "upper" ? "jawUpper" : "jawLower")));
    const die = dieNumber ? t("die", { number: String(dieNumber) }) : null;
    return [site, die].filter(Boolean).join(" · ") || t("noPlace");
  }

  const teeth = (list: readonly Fdi[]) => printTeeth(list, toothNotation);

  /** "FDI 13–23, 36", for numbers that stand alone. */
  const marked = (list: readonly Fdi[]) => t("marked", { notation, teeth: teeth(list) });

  function item(part: RestorationSummary["items"][number]): string {
    const where = [teeth(part.teeth), ...part.jaws.map((jaw) => t(jaw === "upper" ? "jawUpper" : "jawLower"))]
      .filter(Boolean)
      .join(", ");
    const words = { type: part.type ? product(part.type) : t("restoration"), teeth: where };
    return (part.count > 1 ? t("summaryMany", { ...words, count: part.count }) : t("summaryItem", words)).trim();
  }

  /** "3-unit bridge 45–47, Crown 11 (FDI)" and, apart, "Zirconia" and "A2". */
  function summary(restorations: readonly Restoration[]): { what: string; materials: string; shades: string } {
    const { bridges, items, materials, shades } = summariseRestorations(restorations);
    const parts = [
      ...bridges.map((bridge) => t("summaryBridge", { units: bridge.length, span: teeth(bridge) })),
      ...items.map(item),
    ];
    const what = format.list(parts, { type: "unit", style: "short" });
    const isNumbered = bridges.length > 0 || items.some((part) => part.teeth.length > 0);
    return {
      what: isNumbered ? t("summaryIn", { what, notation }) : what,
      materials: format.list(materials.map(product), { type: "unit", style: "short" }),
      shades: format.list(shades, { type: "unit", style: "short" }),
    };
  }

  return { notation, number, product, longName, describe, place, teeth, marked, summary };
}
