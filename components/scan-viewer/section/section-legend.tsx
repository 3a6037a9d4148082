import { useTranslations } from "use-intl";
import { contourLength } from "#lib/mesh/measure/contour-places.ts";
import type { SectionView } from "./use-section.ts";

/** Which scan each colour of the section's picture is, and how long its lines are together. Keeps its place while there are none yet. */
export function SectionLegend(props: { view: SectionView; nameOf: (scanId: string) => string }) {
  const t = useTranslations("scanViewer.section");
  const measure = useTranslations("scanViewer.measure");
  const met = props.view.lines.filter(({ contours }) => contours.length > 0);
  return (
    <ul
      aria-label={t("lines")}
      className="flex min-h-6 shrink-0 flex-wrap items-center gap-x-4 bg-stage px-2 py-1 text-[11px] text-on-stage tabular-nums leading-4"
    >
      {met.map(({ scanId, colour, contours }) => (
        <li key={scanId} className="flex min-w-0 items-center gap-1.5">
          <span aria-hidden className="h-0.5 w-3 shrink-0" style={{ background: colour }} />
          <span className="truncate">{props.nameOf(scanId)}</span>{" "}
          <span className="whitespace-nowrap font-medium">
            {measure("value", { mm: contours.reduce((sum, contour) => sum + contourLength(contour), 0) })}
          </span>
        </li>
      ))}
    </ul>
  );
}
