"use client";
import { useTranslations } from "use-intl";
import type { Restoration } from "#lib/orders/order-schema.ts";
import { KIND_MESSAGES, RESTORATION_KINDS, restorationKind } from "#lib/orders/restoration-kind.ts";
import { useToothWords } from "./use-tooth-words.ts";

/** The colours that occur in this order, by name. */
export function ChartLegend({ restorations, bridged }: { restorations: readonly Restoration[]; bridged: boolean }) {
  const t = useTranslations("prescription");
  const { notation } = useToothWords();
  const present = new Set(restorations.map(restorationKind));
  return (
    <ul aria-label={t("legend")} className="flex flex-wrap gap-x-3 gap-y-1 text-muted text-xs">
      {RESTORATION_KINDS.filter((kind) => present.has(kind)).map((kind) => (
        <li key={kind} className="flex items-center gap-1.5">
          <span
            aria-hidden
            className="size-2.5 rounded-xs border border-line-strong"
            style={{ background: `var(--tooth-${kind})` }}
          />
          {t(KIND_MESSAGES[kind])}
        </li>
      ))}
      {bridged && (
        <li className="flex items-center gap-1.5">
          <span aria-hidden className="h-1 w-4 rounded-full bg-text" />
          {t("bridge")}
        </li>
      )}
      <li>{t("numbersIn", { notation })}</li>
    </ul>
  );
}
