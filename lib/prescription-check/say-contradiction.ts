import { createTranslator } from "use-intl/core";
import type { Principal } from "#lib/access/principal.ts";
import { isLocale } from "#lib/i18n/locales.ts";
import { messagesOf } from "#lib/i18n/messages.ts";
import type { ContradictionView } from "#lib/orders/order-schema.ts";
import { isFdi, printTeeth, printTooth, universalOf } from "#lib/teeth/tooth.ts";
import type { Contradiction } from "./contradiction.ts";

type Reader = Pick<Principal, "locale" | "toothNotation">;

/** A contradiction as the HTTP surface gives it: with its sentence in the reader's language and notation. */
export function toContradictionView(contradiction: Contradiction, reader: Reader): ContradictionView {
  const { id, field, teeth } = contradiction;
  return {
    id,
    field,
    teeth: teeth.map((fdi) => ({ fdi, universal: isFdi(fdi) ? universalOf(fdi) : null })),
    sentence: say(contradiction, reader),
  };
}

function say({ id, teeth, facts }: Contradiction, reader: Reader): string {
  const locale = isLocale(reader.locale) ? reader.locale : "en";
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: "contradictions" });
  const known = teeth.filter(isFdi);
  const strangers = teeth.filter((tooth) => !isFdi(tooth)).map(String);
  const [first, second] = known.map((tooth) => printTooth(tooth, reader.toothNotation));
  return t(id, {
    teeth: [printTeeth(known, reader.toothNotation), ...strangers].filter(Boolean).join(", "),
    count: teeth.length,
    first: first ?? "",
    second: second ?? "",
    jaw: facts.jaw ?? "",
    what: facts.what ?? "",
    places: facts.places ?? "",
    shade: facts.shade ?? "",
    ordered: facts.ordered ?? "",
    material: facts.material ?? "",
    materials: facts.materials ?? "",
    method: facts.method ?? "",
    number: facts.number ?? "",
    scanned: facts.scanned ?? "no",
  });
}
