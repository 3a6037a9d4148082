"use client";
import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import type { Restoration } from "#lib/orders/order-schema.ts";
import { isFdi } from "#lib/teeth/tooth.ts";
import { findInBridge } from "./bridge-findings.ts";
import { useToothWords } from "./use-tooth-words.ts";

/** The vendor's bridges; what does not fit with the ordered teeth is said softly beside each. */
export function BridgeList(props: { bridges: readonly (readonly number[])[]; restorations: readonly Restoration[] }) {
  const t = useTranslations("prescription");
  const words = useToothWords();
  const ordered = new Set(props.restorations.flatMap((restoration) => restoration.tooth?.fdi ?? []));
  if (props.bridges.length === 0) return null;
  return (
    <section className="mt-4">
      <h3 className="font-semibold text-sm">{t("bridges")}</h3>
      <ul className="mt-1 space-y-1 text-sm">
        {props.bridges.map((span) => {
          const { unknown, notOrdered, acrossJaws, gap } = findInBridge(span, ordered);
          const doubts = [
            unknown.length > 0 && t("bridgeUnknown", { teeth: unknown.join(", ") }),
            acrossJaws && t("bridgeAcrossJaws"),
            notOrdered.length > 0 && t("bridgeNotOrdered", { teeth: words.teeth(notOrdered) }),
            gap.length > 0 && t("bridgeGap", { teeth: words.teeth(gap) }),
          ].filter((doubt): doubt is string => Boolean(doubt));
          return (
            <li key={span.join("-")}>
              {t("bridgeSpan", { units: span.length, span: words.teeth(span.filter(isFdi)) || span.join(", ") })}
              {doubts.map((doubt) => (
                <span key={doubt} className="flex items-start gap-1.5 text-pending">
                  <TriangleAlert aria-hidden className="mt-1 size-3.5 shrink-0" />
                  {doubt}
                </span>
              ))}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
