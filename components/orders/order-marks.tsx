"use client";
import { Box, CircleAlert, CircleCheck, CircleDashed, CircleDotDashed } from "lucide-react";
import { useTranslations } from "use-intl";
import type { OrderView } from "#lib/orders/order-schema.ts";

const COMPLETENESS = {
  complete: { Icon: CircleCheck, look: "text-accepted" },
  incomplete: { Icon: CircleDotDashed, look: "text-pending" },
  unknown: { Icon: CircleDashed, look: "text-muted" },
} as const;

export function Completeness({ order }: { order: Pick<OrderView, "completeness"> }) {
  const t = useTranslations("orders");
  const { Icon, look } = COMPLETENESS[order.completeness];
  return (
    <span className={`inline-flex items-center gap-1 align-middle ${look}`} title={t(order.completeness)}>
      <Icon aria-hidden className="size-4" />
      <span className="sr-only">{t(order.completeness)}</span>
    </span>
  );
}

/** How many scans are ready; failed ones stand out. */
export function ScanCount({ scans }: { scans: OrderView["scans"] }) {
  const t = useTranslations("orders");
  if (scans.count === 0)
    return (
      <span className="text-muted">
        –<span className="sr-only">{t("noScans")}</span>
      </span>
    );
  const failed = scans.failed > 0;
  const text = failed
    ? t("scansFailed", { failed: scans.failed })
    : t("scansReady", { ready: scans.ready, count: scans.count });
  return (
    <span
      title={text}
      className={`inline-flex items-center gap-1 whitespace-nowrap ${failed ? "text-rejected" : scans.ready === scans.count ? "text-text" : "text-muted"}`}
    >
      {failed ? <CircleAlert aria-hidden className="size-3.5" /> : <Box aria-hidden className="size-3.5" />}
      <span aria-hidden>
        {scans.ready}/{scans.count}
      </span>
      <span className="sr-only">{text}</span>
    </span>
  );
}

export function VendorMark({ vendor, name, withName }: { vendor: string; name: string; withName?: boolean }) {
  return (
    <span title={withName ? undefined : name} className="inline-flex items-center gap-1.5 align-middle">
      {/* biome-ignore lint/performance/noImgElement: a 1 kB SVG of our own needs no optimiser */}
      <img
        src={`/vendors/${vendor}.svg`}
        alt={withName ? "" : name}
        width={20}
        height={20}
        className="size-5 rounded"
      />
      {withName && name}
    </span>
  );
}

/** The portals an order came by, the shown one first: two small marks for one order with two doors. */
export function SourceMarks({
  order,
  withName,
}: {
  order: Pick<OrderView, "sources" | "vendor" | "vendorName">;
  withName?: boolean;
}) {
  const doors = [...new Map([order, ...order.sources].map(({ vendor, vendorName }) => [vendor, vendorName]))];
  return (
    <span className={`inline-flex items-center align-middle ${withName ? "gap-3" : "gap-0.5"}`}>
      {doors.map(([vendor, name]) => (
        <VendorMark key={vendor} vendor={vendor} name={name} withName={withName} />
      ))}
    </span>
  );
}
