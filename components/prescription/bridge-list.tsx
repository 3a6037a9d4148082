"use client";
import { useTranslations } from "use-intl";
import { isFdi } from "#lib/teeth/tooth.ts";
import { useToothWords } from "./use-tooth-words.ts";

/** The vendor's bridges, by their teeth. */
export function BridgeList({ bridges }: { bridges: readonly (readonly number[])[] }) {
  const t = useTranslations("prescription");
  const words = useToothWords();
  if (bridges.length === 0) return null;
  return (
    <section className="mt-4">
      <h3 className="font-semibold text-sm">{t("bridges", { notation: words.notation })}</h3>
      <ul className="mt-1 space-y-1 text-sm">
        {bridges.map((span) => (
          <li key={span.join("-")}>
            {t("bridgeSpan", { units: span.length, span: words.teeth(span.filter(isFdi)) || span.join(", ") })}
          </li>
        ))}
      </ul>
    </section>
  );
}
