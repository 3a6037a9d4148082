"use client";
import { useQuery } from "@tanstack/react-query";
import { Box } from "lucide-react";
import { useTranslations } from "use-intl";
import { Failed } from "#components/portal/failed.tsx";
import { ScanViewerLoader } from "#components/scan-viewer/scan-viewer-loader.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { orderScansQuery } from "./orders-queries.ts";

/** The case in 3D, filling the place it is given. */
export function OrderScans({ orderId }: { orderId: string }) {
  const t = useTranslations("orders");
  const { data, error, isPending, refetch } = useQuery(orderScansQuery(orderId));
  if (isPending) return <div aria-busy className="h-full bg-stage" />;
  if (error) return <Failed title={t("loadFailed")} error={error} retry={() => void refetch()} />;
  if (data.items.length === 0)
    return (
      <div className="grid h-full place-items-center bg-sunken">
        <EmptyState icon={Box} title={t("noScans")}>
          {t("viewerEmpty")}
        </EmptyState>
      </div>
    );
  return <ScanViewerLoader orderId={orderId} scans={data.items} />;
}
