import type { Messages } from "#lib/i18n/messages.ts";

/**
 * What a vendor calls a restoration, method or material, in the reader's language where the name is one of the vendors' lists
 * (MeditLink guide, Appendix A: the codes are opaque, the display names are known; "Titanium + Zirconia" is two of them), else as
 * the vendor wrote it.
 * @param products the catalogue's `products`
 */
export function productName(name: string, products: Messages["products"]): string {
  return (
    known(name, products) ??
    name
      .split(" + ")
      .map((part) => known(part, products) ?? part)
      .join(" + ")
  );
}

function known(name: string, products: Readonly<Record<string, string>>): string | undefined {
  const [first = "", ...more] = (name.match(/[a-z0-9]+/gi) ?? []).map((word) => word.toLowerCase());
  const key = first + more.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  return Object.hasOwn(products, key) ? products[key] : undefined;
}
