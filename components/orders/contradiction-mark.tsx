"use client";
import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";

/** In a row: the prescription check found something. */
export function ContradictionMark({ count }: { count: number }) {
  const t = useTranslations("contradictions");
  if (count === 0) return null;
  const label = t("mark", { count });
  return (
    <span className="mr-1.5 inline-flex items-center gap-0.5 text-pending" title={label}>
      <TriangleAlert role="img" aria-label={label} className="size-3.5" />
      {count > 1 && <span className="text-xs tabular-nums">{count}</span>}
    </span>
  );
}
