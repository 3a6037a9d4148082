"use client";
import { useTranslations } from "use-intl";
import type { Restoration } from "#lib/orders/order-schema.ts";
import { useToothWords } from "./use-tooth-words.ts";

/** What was ordered by arch or by die: both jaws one above the other, as in the mouth, and what belongs to neither below. */
export function JawForm({ restorations }: { restorations: readonly Restoration[] }) {
  const t = useTranslations("prescription");
  const places = [
    { jaw: "upper", name: t("jawUpper") },
    { jaw: "lower", name: t("jawLower") },
    { jaw: null, name: t("noJaw") },
  ] as const;
  return (
    <ul className="flex flex-col gap-1.5">
      {places.map(({ jaw, name }) => {
        const here = restorations.filter((restoration) => restoration.jaw === jaw);
        if (jaw === null && here.length === 0) return null;
        return (
          <li key={name} className="flex items-stretch gap-3 rounded-lg bg-sunken px-3 py-2.5">
            {jaw && <Arch jaw={jaw} marked={here.length > 0} />}
            <div className="min-w-0 flex-1">
              <p className="font-medium text-sm">{name}</p>
              {here.length === 0 ? <p className="text-muted text-sm">{t("healthy")}</p> : <Items items={here} />}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function Items({ items }: { items: readonly Restoration[] }) {
  const t = useTranslations("prescription");
  const words = useToothWords();
  return (
    <ul className="text-sm">
      {items.map((restoration, i) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: a vendor may list the same restoration twice
          key={i}
        >
          {restoration.dieNumber !== null && (
            <span className="text-muted">{t("die", { number: String(restoration.dieNumber) })}: </span>
          )}
          {words.describe(restoration) || t("restoration")}
        </li>
      ))}
    </ul>
  );
}

/** A horseshoe, open towards the throat. */
function Arch({ jaw, marked }: { jaw: "upper" | "lower"; marked: boolean }) {
  const path = jaw === "upper" ? "M5 26 V16 a13 13 0 0 1 26 0 V26" : "M5 6 V16 a13 13 0 0 0 26 0 V6";
  return (
    <svg aria-hidden viewBox="0 0 36 32" className="h-8 w-9 shrink-0 self-center">
      <path
        d={path}
        fill="none"
        strokeWidth={7}
        strokeLinecap="round"
        stroke={marked ? "var(--tooth-crown)" : "var(--tooth-outline)"}
        opacity={marked ? 1 : 0.35}
      />
    </svg>
  );
}
