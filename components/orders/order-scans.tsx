"use client";
import { useQuery } from "@tanstack/react-query";
import { Box } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { Failed } from "#components/portal/failed.tsx";
import { endWaiting, useAwaitsPicture } from "#components/scan-viewer/first-picture.ts";
import { ScanViewerLoader } from "#components/scan-viewer/scan-viewer-loader.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import { orderScansQuery } from "./orders-queries.ts";

const NONE_YET: readonly ScanView[] = [];

/** The case in 3D, filling the place it is given. */
export function OrderScans({ orderId }: { orderId: string }) {
  const t = useTranslations("orders");
  const { data, error, isPending, refetch } = useQuery(orderScansQuery(orderId));
  // Nothing will be drawn: whoever waits for a picture need not.
  const hasNone = error !== null || (data !== undefined && !data.items.some(({ state }) => state === "ready"));
  useEffect(() => {
    if (hasNone) endWaiting(orderId);
  }, [hasNone, orderId]);
  const awaited = useAwaitsPicture(orderId);
  const [known] = useState(awaited);
  // Scans that are known to come have their viewer set up while their list is on its way.
  if (isPending)
    return known ? (
      <ScanViewerLoader orderId={orderId} scans={NONE_YET} coming />
    ) : (
      <div aria-busy className="h-full bg-stage" />
    );
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
