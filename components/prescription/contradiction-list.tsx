"use client";
import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { classNames } from "#components/ui/class-names.ts";
import type { ContradictionView } from "#lib/orders/order-schema.ts";
import { useToothWords } from "./use-tooth-words.ts";

type Props = {
  contradictions: readonly ContradictionView[];
  active: number | null;
  onActive: (fdi: number | null) => void;
};

/** What the prescription check found: pointing at a sentence lights its tooth, and the other way round. */
export function ContradictionList({ contradictions, active, onActive }: Props) {
  const t = useTranslations("contradictions");
  const prescription = useTranslations("prescription");
  const { notation } = useToothWords();
  if (contradictions.length === 0) return null;
  return (
    <section
      aria-labelledby="contradictions-title"
      className="mt-3 rounded-lg border border-pending/40 bg-pending/8 px-3 py-2"
    >
      <h3 id="contradictions-title" className="flex items-center gap-1.5 font-semibold text-pending text-sm">
        <TriangleAlert aria-hidden className="size-3.5 shrink-0" />
        {t("title", { count: contradictions.length })}
        {contradictions.some(({ teeth }) => teeth.length > 0) && (
          <span className="ml-auto font-normal text-muted text-xs">{prescription("numbersIn", { notation })}</span>
        )}
      </h3>
      <ul className="mt-1 text-sm">
        {contradictions.map((one) => (
          <li
            key={`${one.id} ${one.sentence}`}
            data-contradiction={one.id}
            onPointerEnter={() => onActive(one.teeth[0]?.fdi ?? null)}
            onPointerLeave={() => onActive(null)}
            className={classNames(
              "-mx-1 rounded px-1 py-0.5",
              one.teeth.some(({ fdi }) => fdi === active) ? "bg-selected" : "",
            )}
          >
            {one.sentence}
          </li>
        ))}
      </ul>
    </section>
  );
}
