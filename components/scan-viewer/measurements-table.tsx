import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Button, IconButton } from "#components/ui/button.tsx";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import { useScanName } from "./scan-names.ts";
import { type Measurement, measuredValue, type PickedPoint, type ViewerAction } from "./viewer-state.ts";

/** A measurement's short name and its value with the unit. */
export function useMeasurementText() {
  const t = useTranslations("scanViewer.measure");
  return (measurement: Measurement) => ({
    label: t("label", { kind: measurement.kind, id: measurement.id }),
    value:
      measurement.kind === "angle"
        ? t("degrees", { degrees: measuredValue(measurement) })
        : t("value", { mm: measuredValue(measurement) }),
  });
}

/** What was measured as a table, for eyes and machines alike. */
export function MeasurementsTable(props: {
  measurements: readonly Measurement[];
  scans: readonly ScanView[];
  mouthOpen: boolean;
  dispatch: (action: ViewerAction) => void;
  /** More to do with one measurement: keep it. */
  actionsFor: (measurement: Measurement) => ReactNode;
}) {
  const t = useTranslations("scanViewer.measure");
  const nameOf = useScanName(props.scans);
  const textOf = useMeasurementText();
  const place = (picked: PickedPoint | undefined) => {
    const scan = props.scans.find(({ id }) => id === picked?.scanId);
    return scan ? nameOf(scan) : "";
  };
  const between = ({ points }: Measurement) => {
    const places = new Set([place(points[0]), place(points.at(-1))]);
    return [...places].join(" – ");
  };
  return (
    <div className="border-t pt-3">
      <div className="flex items-center justify-between">
        <h3 className="font-medium text-sm" id="scan-viewer-measurements">
          {t("title")}
        </h3>
        <Button look="quiet" size="small" onClick={() => props.dispatch({ type: "removeMeasurements" })}>
          {t("removeAll")}
        </Button>
      </div>
      <table aria-labelledby="scan-viewer-measurements" className="w-full text-xs tabular-nums">
        <thead className="sr-only">
          <tr>
            <th>{t("name")}</th>
            <th>{t("between")}</th>
            <th>{t("distance")}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {props.measurements.map((measurement) => {
            const { label, value } = textOf(measurement);
            return (
              <tr key={measurement.id} className="border-t">
                <th scope="row" className="py-1 pr-2 text-left font-medium">
                  {label}
                </th>
                <td className="w-full max-w-0 truncate py-1 text-muted" title={between(measurement)}>
                  {between(measurement)}
                </td>
                <td className="whitespace-nowrap py-1 pl-1 text-right">{value}</td>
                <td className="whitespace-nowrap py-0.5 text-right">
                  {props.actionsFor(measurement)}
                  <IconButton
                    size="small"
                    className="h-6 w-6!"
                    label={t("remove", { label })}
                    onClick={() => props.dispatch({ type: "removeMeasurement", id: measurement.id })}
                  >
                    <X aria-hidden className="size-3" />
                  </IconButton>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {props.mouthOpen ? <p className="mt-1 text-muted text-xs">{t("asScanned")}</p> : null}
    </div>
  );
}
