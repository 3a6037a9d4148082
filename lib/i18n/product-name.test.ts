import { expect, it } from "vitest";
import { messagesOf } from "#lib/i18n/messages.ts";
import { productName } from "#lib/i18n/product-name.ts";

const german = (name: string) => productName(name, messagesOf("de").products);

it("a lab reads what is to be made in its own language where the vendor's name is a known one", () => {
  expect(german("Crown")).toBe("Krone");
  expect(german("Multi-Layered Zirconia")).toBe("Multilayer-Zirkonoxid");
  expect(german("Cementation Type-PFZ")).toBe("Zementiert, PFZ");
  expect(german("Post & Core + Crown")).toBe("Stiftaufbau + Krone");
  expect(german("Titanium + e.max")).toBe("Titan + e.max");
  expect(german("Metal + Composite resin")).toBe("Metall + Komposit");
});

it("a name that is in no list stays as the vendor wrote it, in any language", () => {
  for (const name of ["Cr-Co", "LiSi", "Katana UTML", "constructor", "", "+", "Krone nach Absprache"]) {
    expect(german(name)).toBe(name);
    expect(productName(name, messagesOf("en").products)).toBe(name);
  }
});

it("English says what the vendor's list says", () => {
  for (const name of [
    "Custom Abutment + Implant Crown",
    "IDB (Indirect Bonding Tray)",
    "Primary Telescopic Crown - PFM",
  ])
    expect(productName(name, messagesOf("en").products)).toBe(name);
});
