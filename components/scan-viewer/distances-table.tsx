import { X } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button, IconButton } from "#components/ui/button.tsx";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import { useScanName } from "./scan-names.ts";
import { type DistanceMeasurement, distanceMm, type PickedPoint, type ViewerAction } from "./viewer-state.ts";

/** The measured distances as a table, for eyes and machines alike. */
export function DistancesTable(props: {
  distances: readonly DistanceMeasurement[];
  scans: readonly ScanView[];
  mouthOpen: boolean;
  dispatch: (action: ViewerAction) => void;
}) {
  const t = useTranslations("scanViewer.measure");
  const nameOf = useScanName(props.scans);
  const place = ({ scanId }: PickedPoint) => {
    const scan = props.scans.find(({ id }) => id === scanId);
    return scan ? nameOf(scan) : "";
  };
  return (
    <div className="border-t pt-3">
      <div className="flex items-center justify-between">
        <h3 className="font-medium text-sm" id="scan-viewer-distances">
          {t("title")}
        </h3>
        <Button look="quiet" size="small" onClick={() => props.dispatch({ type: "removeDistances" })}>
          {t("removeAll")}
        </Button>
      </div>
      <table aria-labelledby="scan-viewer-distances" className="w-full text-xs tabular-nums">
        <thead className="sr-only">
          <tr>
            <th>{t("name")}</th>
            <th>{t("from")}</th>
            <th>{t("to")}</th>
            <th>{t("distance")}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {props.distances.map((distance) => (
            <tr key={distance.id} className="border-t">
              <th scope="row" className="py-1 pr-2 text-left font-medium">
                {t("label", { id: distance.id })}
              </th>
              <td className="max-w-16 truncate py-1 text-muted">{place(distance.from)}</td>
              <td className="max-w-16 truncate py-1 pl-1 text-muted">{place(distance.to)}</td>
              <td className="whitespace-nowrap py-1 pl-1 text-right">{t("value", { mm: distanceMm(distance) })}</td>
              <td className="w-7 py-0.5 text-right">
                <IconButton
                  size="small"
                  className="h-6 w-6"
                  label={t("remove", { id: distance.id })}
                  onClick={() => props.dispatch({ type: "removeDistance", id: distance.id })}
                >
                  <X aria-hidden className="size-3" />
                </IconButton>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {props.mouthOpen ? <p className="mt-1 text-muted text-xs">{t("asScanned")}</p> : null}
    </div>
  );
}
