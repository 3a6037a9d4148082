"use client";
import { ArrowLeft, ChevronDown, ChevronUp, CirclePause, PanelLeftClose, PanelLeftOpen } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { LiveIndicator } from "#components/portal/live-indicator.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { Moment } from "#components/ui/moment.tsx";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import { DueDate } from "./due-date.tsx";
import { CaseName, OtherSide } from "./order-columns.tsx";
import type { OrderFilters } from "./order-filters.ts";
import { SourceMarks } from "./order-marks.tsx";
import { inboxPath } from "./order-path.ts";
import { StatusBadge, shownStatus } from "./order-status-badge.tsx";
import { PrintMenu } from "./print-menu.tsx";

type Props = {
  order: OrderDetailView;
  filters: OrderFilters;
  actions: React.ReactNode;
  onStep: (by: 1 | -1) => void;
  /** Absent where the order cannot be put aside. */
  onHold?: (() => void) | undefined;
  list: { shown: boolean; toggle: () => void };
};

/** Whose case it is, where it stands and how old that knowledge is. */
export function OrderHeader({ order, filters, actions, onStep, onHold, list }: Props) {
  const t = useTranslations("orders");
  const holds = useTranslations("holds");
  const format = useFormatter();
  const ListIcon = list.shown ? PanelLeftClose : PanelLeftOpen;
  return (
    <header className="shrink-0 border-b bg-surface px-4 py-2.5 sm:px-5 print:px-0">
      <div className="flex items-center gap-2">
        <IconButton label={t("back")} asChild className="-ml-2">
          <Link href={inboxPath(filters)}>
            <ArrowLeft aria-hidden className="size-4.5" />
          </Link>
        </IconButton>
        <h1 className="flex min-w-0 items-baseline gap-2 text-lg">
          <CaseName order={order} />
          <span className="shrink-0 font-mono font-normal text-muted text-sm">{order.number}</span>
        </h1>
        <StatusBadge status={shownStatus(order)} vendorStatus={order.vendorStatus} />
        <span className="flex-1" />
        <div className="hidden items-center gap-2 sm:flex print:hidden">{actions}</div>
        <div className="flex items-center print:hidden">
          {onHold && (
            <IconButton label={holds("hold")} onClick={onHold}>
              <CirclePause aria-hidden className="size-4.5" />
            </IconButton>
          )}
          <PrintMenu orderId={order.id} />
          <IconButton label={t("previous")} onClick={() => onStep(-1)} className="max-sm:hidden">
            <ChevronUp aria-hidden className="size-4.5" />
          </IconButton>
          <IconButton label={t("next")} onClick={() => onStep(1)} className="max-sm:hidden">
            <ChevronDown aria-hidden className="size-4.5" />
          </IconButton>
          <IconButton label={t(list.shown ? "hideList" : "showList")} onClick={list.toggle} className="max-xl:hidden">
            <ListIcon aria-hidden className="size-4.5" />
          </IconButton>
        </div>
      </div>
      <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-sm sm:pl-8">
        <SourceMarks order={order} withName />
        <span className="truncate">
          <OtherSide order={order} />
        </span>
        <span>
          {t("received")} <Moment at={order.receivedAt} className="text-text" />
        </span>
        <span>
          {t("due")} <DueDate order={order} className="text-text" />
        </span>
        <span
          title={t("ageHint", {
            at: format.dateTime(new Date(order.syncedAt), { dateStyle: "medium", timeStyle: "medium" }),
          })}
        >
          {t("columnAge")} <Moment at={order.syncedAt} />
        </span>
        <span className="max-sm:hidden">
          <LiveIndicator />
        </span>
      </div>
    </header>
  );
}
