import { useTranslations } from "use-intl";
import { contourLength } from "#lib/mesh/measure/contour-places.ts";
import type { SectionView } from "./use-section.ts";

/** Which scan each colour of the section's picture is, and how long its lines are together. */
export function SectionLegend(props: { view: SectionView; nameOf: (scanId: string) => string }) {
  const t = useTranslations("scanViewer.section");
  const measure = useTranslations("scanViewer.measure");
  const { lines, linesOf, plane } = props.view;
  const met = lines.filter(({ contours }) => contours.length > 0);
  if (met.length === 0) return null;
  return (
    <table
      aria-label={t("lines")}
      aria-busy={linesOf !== plane}
      className="pointer-events-none absolute top-1.5 left-1.5 max-w-[calc(100%-0.75rem)] rounded bg-black/35 text-[11px] text-on-stage tabular-nums leading-4"
    >
      <tbody>
        {met.map(({ scanId, colour, contours }) => (
          <tr key={scanId}>
            <th scope="row" className="px-1.5 py-px text-left font-normal">
              <span aria-hidden className="mr-1.5 mb-0.75 inline-block h-0.5 w-3" style={{ background: colour }} />
              {props.nameOf(scanId)}
            </th>
            <td className="whitespace-nowrap px-1.5 py-px text-right">
              {measure("value", { mm: contours.reduce((sum, contour) => sum + contourLength(contour), 0) })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
