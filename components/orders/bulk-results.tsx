"use client";
import { useQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, Clock, Undo2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { useProblemSentence } from "#components/portal/problem-text.tsx";
import type { BulkResult } from "#lib/bulk/bulk-schema.ts";
import type { DecisionView, OrderView } from "#lib/orders/order-schema.ts";
import { decisionQuery } from "./decisions-queries.ts";
import { CaseName } from "./order-columns.tsx";

/** Decisions announce themselves; this is for an announcement that got lost. */
const ASK_AGAIN_MS = 5_000;

/** A line per order: what became of it, followed until the vendor has answered. */
export function BulkResults(props: { orders: readonly OrderView[]; results: ReadonlyMap<string, BulkResult> }) {
  const t = useTranslations("bulk");
  const done = props.orders.filter(({ id }) => props.results.has(id)).length;
  return (
    <>
      <div className="mt-3 flex items-center gap-3">
        <progress
          aria-label={t("progress")}
          max={props.orders.length}
          value={done}
          className="h-1.5 flex-1 overflow-hidden rounded-full bg-sunken accent-(--accent)"
        />
        <span className="text-muted text-sm tabular-nums">
          {t("progressCount", { done, total: props.orders.length })}
        </span>
      </div>
      <ul aria-label={t("results")} className="mt-2">
        {props.orders.map((order) => (
          <li key={order.id} className="flex min-h-9 items-center gap-3 border-b text-sm last:border-b-0">
            <span className="w-24 shrink-0 truncate font-mono text-xs">{order.number}</span>
            <span className="flex w-36 shrink-0 max-sm:hidden">
              <CaseName order={order} />
            </span>
            <Outcome order={order} result={props.results.get(order.id)} />
          </li>
        ))}
      </ul>
    </>
  );
}

function Outcome({ order, result }: { order: OrderView; result: BulkResult | undefined }) {
  const t = useTranslations("bulk");
  const sentence = useProblemSentence();
  if (!result) return <Line look="text-muted" Icon={Clock} text={t("waiting")} />;
  if (result.decision) return <Decided order={order} decision={result.decision} />;
  if (result.outcome === "refused")
    return <Line look="text-rejected" Icon={CircleAlert} text={sentence(result.code ?? "internal")} />;
  return <Line look="text-accepted" Icon={CircleCheck} text={t("done")} />;
}

function Decided({ order, decision }: { order: OrderView; decision: DecisionView }) {
  const t = useTranslations("bulk");
  const { data } = useQuery({
    ...decisionQuery(decision.id),
    initialData: decision,
    refetchInterval: ({ state }) => (isSettled(state.data) ? false : ASK_AGAIN_MS),
  });
  const vendor = order.vendorName;
  switch (data.state) {
    case "confirmed":
      return (
        <Line
          look="text-accepted"
          Icon={CircleCheck}
          text={data.recordedOnly ? t("recorded", { vendor }) : t("confirmed", { vendor })}
        />
      );
    case "conflict":
      return <Line look="text-rejected" Icon={CircleAlert} text={t("conflict", { vendor })} />;
    case "failed":
      return <Line look="text-rejected" Icon={CircleAlert} text={t("failed", { vendor })} />;
    case "undone":
      return <Line look="text-muted" Icon={Undo2} text={t("takenBack")} />;
    default:
      return <Line look="text-production" Icon={Clock} text={t("onItsWay", { vendor })} />;
  }
}

function isSettled(decision: DecisionView | undefined): boolean {
  return decision !== undefined && ["confirmed", "conflict", "failed", "undone"].includes(decision.state);
}

function Line({ look, Icon, text }: { look: string; Icon: typeof Clock; text: string }) {
  return (
    <span className={`flex min-w-0 flex-1 items-center gap-1.5 py-1 ${look}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className="text-pretty">{text}</span>
    </span>
  );
}
