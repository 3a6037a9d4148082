"use client";
import { useFormatter, useTranslations } from "use-intl";
import type { ConnectionView } from "#lib/connections/connection-schema.ts";
import { DetailPanel } from "./detail-panel.tsx";

/** Fields of the vendor's records that Casebench does not know yet, most often seen first. Their values are kept, not shown. */
export function UnmappedPanel({ connection }: { connection: ConnectionView }) {
  const t = useTranslations("connections");
  const format = useFormatter();
  const keys = Object.entries(connection.unmappedKeys).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return (
    <DetailPanel title={t("unmappedTitle")} lead={t("unmappedLead", { vendor: connection.vendorName })}>
      {keys.length === 0 ? (
        <p className="text-muted text-sm">{t("unmappedNone")}</p>
      ) : (
        <table className="w-full text-sm">
          <thead>
            <tr className="border-b text-left text-muted text-xs">
              <th scope="col" className="py-1.5 pr-3 font-medium">
                {t("field")}
              </th>
              <th scope="col" className="py-1.5 text-right font-medium">
                {t("seen")}
              </th>
            </tr>
          </thead>
          <tbody>
            {keys.map(([key, count]) => (
              <tr key={key} className="border-b last:border-0">
                <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                  <code className="text-xs break-all">{key}</code>
                </th>
                <td className="py-1.5 text-right tabular-nums">{format.number(count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </DetailPanel>
  );
}
