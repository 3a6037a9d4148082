"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ProblemText, useProblemSentence } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { BulkResult } from "#lib/bulk/bulk-schema.ts";
import type { DecisionKind, OrderView } from "#lib/orders/order-schema.ts";
import { BulkCloseButton } from "./bulk-close-button.tsx";
import { bulkPreviewQuery } from "./bulk-queries.ts";
import { BulkResults } from "./bulk-results.tsx";
import { DECISION_WORDS } from "./decision-words.ts";
import { VendorMark } from "./order-marks.tsx";
import { useReasonAndNote } from "./reason-and-note.tsx";
import { useBulkRun } from "./use-bulk-run.ts";

/** One decision on many orders: what each portal allows, then what became of each order. */
export function BulkDecisionDialog(props: { orders: readonly OrderView[]; kind: DecisionKind; onClose: () => void }) {
  const { kind, onClose } = props;
  const t = useTranslations("bulk");
  const ui = useTranslations("ui");
  const [orders] = useState(props.orders); // what was marked, also when it leaves the list by being decided
  const preview = useQuery(
    bulkPreviewQuery(
      kind,
      orders.map(({ id }) => id),
    ),
  );
  const { results, run } = useBulkRun(orders);
  const why = useReasonAndNote(kind);
  const possible = preview.data?.filter(({ outcome }) => outcome === "possible").map(({ orderId }) => orderId) ?? [];
  const isRunning = run.isPending || results.size > 0;
  const isOver = results.size > 0 && !run.isPending && !run.error;

  function start() {
    const body = why.read();
    if (body) run.mutate([{ work: { action: kind, ...body }, orderIds: possible.filter((id) => !results.has(id)) }]);
  }
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={t("decideTitle", { kind, count: orders.length })}
      footer={
        isOver ? (
          <BulkCloseButton onClose={onClose} />
        ) : (
          <>
            <Button onClick={onClose}>{ui("cancel")}</Button>
            <Button
              look={kind === "accept" ? "primary" : "danger"}
              busy={run.isPending}
              disabled={possible.length === 0}
              onClick={start}
              autoFocus={kind === "accept"}
            >
              {t("decide", { kind, count: possible.length })}
            </Button>
          </>
        )
      }
    >
      {isRunning ? (
        <BulkResults orders={orders.filter(({ id }) => possible.includes(id) || results.has(id))} results={results} />
      ) : (
        <>
          {preview.isPending && <Skeleton className="mt-3 h-20 w-full" />}
          {preview.data && <PerPortal orders={orders} answers={preview.data} kind={kind} />}
          {why.fields}
        </>
      )}
      {(run.error ?? preview.error) && (
        <Notice tone="problem" className="mt-3">
          <ProblemText error={run.error ?? preview.error} />
        </Notice>
      )}
    </Dialog>
  );
}

/** What is possible where: one line per portal, and beneath it why some of its orders are left out. */
function PerPortal(props: { orders: readonly OrderView[]; answers: readonly BulkResult[]; kind: DecisionKind }) {
  const t = useTranslations("bulk");
  const decisions = useTranslations("decisions");
  const sentence = useProblemSentence();
  const answers = new Map(props.answers.map((answer) => [answer.orderId, answer]));
  const portals = Map.groupBy(props.orders, ({ vendor }) => vendor);
  return (
    <ul aria-label={t("perPortal")} className="mt-3 flex flex-col gap-2">
      {[...portals].map(([vendor, orders]) => {
        const { vendorName, decisionMode } = orders[0]!;
        const able = orders.filter(({ id }) => answers.get(id)?.outcome === "possible");
        const unable = Map.groupBy(
          orders.filter((order) => !able.includes(order)),
          ({ id }) => answers.get(id)?.code ?? "internal",
        );
        return (
          <li key={vendor} className="rounded-lg border px-3 py-2.5">
            <p className="flex items-center gap-3">
              <span className="flex-1 font-medium">
                <VendorMark vendor={vendor} name={vendorName} withName />
              </span>
              <span className="tabular-nums">{t("possible", { able: able.length, count: orders.length })}</span>
            </p>
            {able.length > 0 && (
              <p className="mt-1 text-muted text-sm text-pretty">
                {decisionMode === "recorded"
                  ? decisions("recordedOnly", { vendor: vendorName })
                  : decisions(DECISION_WORDS[props.kind].sent, { vendor: vendorName })}
              </p>
            )}
            {[...unable].map(([code, left]) => (
              <p key={code} className="mt-1 text-rejected text-sm text-pretty">
                {t("leftOut", { count: left.length, why: sentence(code) })}
              </p>
            ))}
          </li>
        );
      })}
    </ul>
  );
}
