"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Moment } from "#components/ui/moment.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { OrderDetailView, OrderEventView, OrderStatus } from "#lib/orders/order-schema.ts";
import { ORDER_STATUSES } from "#lib/orders/order-values.ts";
import { orderEventsQuery } from "./orders-queries.ts";

/** What happened to the order, newest first, in sentences. */
export function OrderHistory({ order }: { order: OrderDetailView }) {
  const t = useTranslations("orders");
  const { data, error, isPending } = useQuery(orderEventsQuery(order.id));
  const sentence = useEventSentence(order.vendorName);
  return (
    <section aria-labelledby="history-title">
      <h2 id="history-title" className="mb-2 font-semibold">
        {t("history")}
      </h2>
      {isPending && <Skeleton className="h-4 w-56" />}
      {error && <p className="text-rejected text-sm">{<ProblemText error={error} />}</p>}
      {data?.items.length === 0 && <p className="text-muted text-sm">{t("noHistory")}</p>}
      <ol className="ml-1 border-l">
        {data?.items.map((event) => (
          <li
            key={event.id}
            className="relative pb-3 pl-4 text-sm before:absolute before:top-1.5 before:-left-[4.5px] before:size-2 before:rounded-full before:bg-line-strong"
          >
            {sentence(event)}
            <Moment at={event.at} className="block text-muted text-xs" exact />
          </li>
        ))}
      </ol>
    </section>
  );
}

function useEventSentence(vendor: string): (event: OrderEventView) => string {
  const t = useTranslations("events");
  const orders = useTranslations("orders");
  const status = useTranslations("status");
  return (event) => {
    const { actor, facts } = event;
    const kind = sharperKind(event);
    const known = KNOWN.find((name) => name === kind);
    const stated = facts.to ?? facts.status;
    return t(known ?? "other", {
      kind: typeof facts.kind === "string" ? facts.kind : kind,
      vendor,
      who: actor?.name ?? orders("historyBySystem"),
      status: isStatus(stated) ? status(stated) : String(stated ?? facts.vendorTo ?? facts.vendorStatus ?? ""),
    });
  };
}

const KNOWN = [
  "order_arrived",
  "status_changed",
  "order_changed",
  "due_changed",
  "prescription_changed",
  "files_changed",
  "decision_requested",
  "decision_sent",
  "decision_undone",
  "decision_confirmed",
  "decision_recorded",
  "decision_conflict",
  "decision_failed",
  "twin_found",
  "twin_lost",
  "scan_ready",
  "scan_failed",
  "scan_retried",
  "downloaded",
  "printed",
  "order_held",
  "order_released",
  "opened",
  "assigned",
  "unassigned",
  "attachment_added",
  "attachment_listed",
  "attachment_failed",
  "attachment_removed",
  "chart_matched",
  "chart_unmatched",
  "chart_filed",
  "chart_brought",
  "lab_case_saved",
] as const;

/** A change of one thing is called by its name; a change of both is a change of the order. */
function sharperKind({ kind, facts }: OrderEventView): string {
  if (kind !== "order_changed") return kind;
  const due = facts.dueFrom !== facts.dueTo;
  if (due === Boolean(facts.prescription)) return kind;
  return due ? "due_changed" : "prescription_changed";
}

function isStatus(value: unknown): value is OrderStatus {
  return ORDER_STATUSES.includes(value as OrderStatus);
}
