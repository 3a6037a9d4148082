"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { DueDate } from "#components/orders/due-date.tsx";
import { CaseName, OtherSide } from "#components/orders/order-columns.tsx";
import { OrderFacts } from "#components/orders/order-facts.tsx";
import { SourceMarks } from "#components/orders/order-marks.tsx";
import { OrderScans } from "#components/orders/order-scans.tsx";
import { StatusBadge, shownStatus } from "#components/orders/order-status-badge.tsx";
import { orderQuery } from "#components/orders/orders-queries.ts";
import { PrescriptionPanel } from "#components/prescription/prescription-panel.tsx";
import { Moment } from "#components/ui/moment.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { OrderView } from "#lib/orders/order-schema.ts";
import type { Outcome } from "./use-outcomes.ts";

/** ms a case must stay before its scans are set up: whoever leafs quickly is not held up by them. */
const REST = 250;

/** A case as it is judged: whose, what, until when, and its scans. */
export function TriageCase({ order, outcome }: { order: OrderView; outcome: Outcome | undefined }) {
  const t = useTranslations();
  const { data: detail } = useQuery(orderQuery(order.id));
  return (
    <div className="flex min-h-0 flex-1 flex-col md:flex-row">
      <section
        aria-labelledby="triage-case"
        className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-4 py-4 max-md:order-2 sm:px-5 md:max-w-md md:border-r"
      >
        <div>
          <h2 id="triage-case" aria-live="polite" className="flex items-baseline gap-2 text-xl">
            <CaseName order={order} />
            <span className="shrink-0 font-mono font-normal text-base text-muted">{order.number}</span>
          </h2>
          <p className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-sm">
            <StatusBadge status={shownStatus(order)} vendorStatus={order.vendorStatus} />
            <SourceMarks order={order} withName />
            <OtherSide order={order} />
          </p>
          <p className="mt-1.5 flex flex-wrap items-center gap-x-4 gap-y-1 text-muted text-sm">
            <span>
              {t("orders.due")} <DueDate order={order} className="text-text" countdown />
            </span>
            <span>
              {t("orders.received")} <Moment at={order.receivedAt} className="text-text" />
            </span>
          </p>
        </div>
        {outcome && outcome !== "skipped" && (
          <Notice tone="information">
            {outcome === "held" ? t("triage.held") : t("triage.asked", { kind: outcome, vendor: order.vendorName })}
          </Notice>
        )}
        {detail ? (
          <>
            <PrescriptionPanel order={detail} />
            <OrderFacts order={detail} />
          </>
        ) : (
          <Skeleton className="h-64 w-full" />
        )}
      </section>
      <div className="h-[38dvh] shrink-0 bg-stage md:h-auto md:min-w-0 md:flex-1">
        <Rested>
          <OrderScans orderId={order.id} />
        </Rested>
      </div>
    </div>
  );
}

function Rested({ children }: { children: ReactNode }) {
  const [rests, setRests] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setRests(true), REST);
    return () => clearTimeout(timer);
  }, []);
  return rests ? children : <div aria-busy className="h-full bg-stage" />;
}
