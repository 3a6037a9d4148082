"use client";
import { useState } from "react";
import { useTranslations } from "use-intl";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import { isFdi } from "#lib/teeth/tooth.ts";
import { BridgeList } from "./bridge-list.tsx";
import { ChartLegend } from "./chart-legend.tsx";

import { ContradictionList } from "./contradiction-list.tsx";
import { JawForm } from "./jaw-form.tsx";

import { RestorationTable } from "./restoration-table.tsx";
import { ToothChart } from "./tooth-chart.tsx";
import { useToothWords } from "./use-tooth-words.ts";

const FORMS = {
  teeth: "formTeeth",
  arch: "formArch",
  multi_die: "formMultiDie",
  flexible_multi_die: "formFlexible",
  other: "formOther",
} as const;

/** What was ordered: the chart, the same as a table, the bridges. Pointing at a tooth lights it in all of them. */
export function PrescriptionPanel({ order }: { order: Pick<OrderDetailView, "prescription" | "contradictions"> }) {
  const t = useTranslations("prescription");
  const words = useToothWords();
  const [active, setActive] = useState<number | null>(null);
  const { restorations, bridges, form } = order.prescription;
  const doubtful = new Set(order.contradictions.flatMap(({ teeth }) => teeth.map(({ fdi }) => fdi)));
  // Forms by arch and by die name no tooth: an empty chart would say that nothing was ordered.
  const isByJaw =
    restorations.length > 0 && bridges.length === 0 && restorations.every((r) => !r.tooth && !r.toothText);
  const pointed = active !== null && isFdi(active) ? active : null;
  const onPointed = restorations.filter((r) => r.tooth?.fdi === pointed).map(words.describe);
  return (
    <section aria-labelledby="prescription-title">
      <header className="mb-2 flex items-baseline justify-between gap-2">
        <h2 id="prescription-title" className="font-semibold">
          {t("title")}
        </h2>
        <span className="text-muted text-xs">{t(FORMS[form])}</span>
      </header>
      {isByJaw ? (
        <JawForm restorations={restorations} />
      ) : (
        <ToothChart
          restorations={restorations}
          bridges={bridges}
          active={active}
          doubtful={doubtful}
          onActive={setActive}
        />
      )}
      <div className="mt-2 grid min-h-5 *:col-start-1 *:row-start-1">
        <div className={pointed ? "invisible" : undefined}>
          <ChartLegend restorations={restorations} bridged={bridges.length > 0} />
        </div>
        {pointed && (
          <p aria-hidden className="truncate text-muted text-xs">
            {t("toothWith", { tooth: words.longName(pointed), what: onPointed.join("; ") || t("healthy") })}
          </p>
        )}
      </div>
      <ContradictionList contradictions={order.contradictions} active={active} onActive={setActive} />
      <div className="mt-3">
        {restorations.length > 0 ? (
          <RestorationTable restorations={restorations} doubtful={doubtful} active={active} onActive={setActive} />
        ) : (
          <p className="text-muted text-sm">{t("noRestorations")}</p>
        )}
      </div>
      <BridgeList bridges={bridges} />
    </section>
  );
}
