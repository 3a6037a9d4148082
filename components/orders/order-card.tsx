"use client";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { Moment } from "#components/ui/moment.tsx";
import type { OrderView } from "#lib/orders/order-schema.ts";
import { CasePicture } from "./case-picture.tsx";
import { DueDate } from "./due-date.tsx";
import type { useOpenOrder } from "./open-order.ts";
import { CaseName, OtherSide, Restorations } from "./order-columns.tsx";
import { ScanCount, SourceMarks } from "./order-marks.tsx";
import { StatusBadge, shownStatus } from "./order-status-badge.tsx";

/** An order on a phone: the same facts as a row, under one thumb. */
export function OrderCard(props: { order: OrderView; href: Route; onOpen?: ReturnType<typeof useOpenOrder> }) {
  const { order, href, onOpen } = props;
  const t = useTranslations("orders");
  return (
    <Link
      href={href}
      prefetch={false}
      onNavigate={(event) => {
        if (!onOpen) return;
        event.preventDefault();
        onOpen(order, href);
      }}
      className="block border-b bg-surface px-4 py-3 active:bg-hover"
    >
      <div className="flex items-center justify-between gap-2">
        <StatusBadge status={shownStatus(order)} vendorStatus={order.vendorStatus} />
        <DueDate order={order} className="text-sm" />
      </div>
      <div className="mt-2 flex items-baseline justify-between gap-3 text-base">
        <CaseName order={order} />
        <span className="shrink-0 font-mono text-muted text-xs">
          <span className="sr-only">{t("columnNumber")} </span>
          {order.number}
        </span>
      </div>
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <p className="mt-0.5 truncate text-muted text-sm">
            <OtherSide order={order} />
          </p>
          <p className="mt-1 line-clamp-2 text-sm">
            <Restorations order={order} />
          </p>
        </div>
        {order.scans.count > 0 && <CasePicture order={order} className="mt-1" />}
      </div>
      <div className="mt-2 flex items-center gap-3 text-muted text-xs">
        <SourceMarks order={order} withName />
        <ScanCount scans={order.scans} />
        <Moment at={order.receivedAt} className="ml-auto" />
      </div>
    </Link>
  );
}
