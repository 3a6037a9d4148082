"use client";
import { useQuery } from "@tanstack/react-query";
import { Info } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { meQuery } from "#components/portal/me-queries.ts";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { DecisionKind, DecisionView, OrderView } from "#lib/orders/order-schema.ts";
import { DECISION_WORDS } from "./decision-words.ts";
import { trackLeaving } from "./leaving-decisions.ts";
import { CaseName, OtherSide, Restorations } from "./order-columns.tsx";
import { useReasonAndNote } from "./reason-and-note.tsx";
import { useDecide } from "./use-decide.ts";

type Props = {
  order: OrderView;
  kind: DecisionKind;
  /** The server has taken the request; it may be confirmed already where the vendor takes no decisions. */
  onAsked: (decision: DecisionView) => void;
  onClose: () => void;
};

/** Asks once more before a decision leaves, and says what the vendor will do. Mount it anew for every decision. */
export function DecisionDialog({ order, kind, onAsked, onClose }: Props) {
  const t = useTranslations("decisions");
  const ui = useTranslations("ui");
  const decide = useDecide();
  // One key for the life of this window: pressing twice, or again after a lost answer, asks once.
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const why = useReasonAndNote(kind);
  const undoSeconds = useQuery(meQuery()).data?.organisation.undoSeconds ?? 0;
  const words = DECISION_WORDS[kind];

  function confirm() {
    const body = why.read();
    if (!body) return;
    decide.mutate(
      { orderId: order.id, kind, body, idempotencyKey },
      {
        onSuccess: ({ decision }) => {
          trackLeaving(decision, order.number, order.vendorName);
          onAsked(decision);
          onClose();
        },
      },
    );
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(words.title, { number: order.number })}
      footer={
        <>
          <Button onClick={onClose}>{t("keep")}</Button>
          <Button
            look={kind === "accept" ? "primary" : "danger"}
            busy={decide.isPending}
            onClick={confirm}
            autoFocus={kind === "accept"}
          >
            {decide.isPending ? t("sending") : t(words.action)}
          </Button>
        </>
      }
    >
      <div className="mt-2 rounded-lg border bg-surface px-3 py-2.5">
        <p className="flex">
          <CaseName order={order} />
        </p>
        <p className="text-muted text-sm">
          <OtherSide order={order} />
        </p>
        <p className="mt-1 text-sm">
          <Restorations order={order} />
        </p>
      </div>
      <p className="mt-3 flex items-start gap-2 text-pretty">
        <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />
        {order.decisionMode === "recorded"
          ? t("recordedOnly", { vendor: order.vendorName })
          : t(words.sent, { vendor: order.vendorName })}
        {undoSeconds > 0 && ` ${t("undoWindow", { seconds: undoSeconds })}`}
      </p>
      {why.fields}
      {decide.error && (
        <Notice tone="problem" className="mt-3" onDismiss={decide.reset} dismissLabel={ui("dismiss")}>
          <ProblemText error={decide.error} />
        </Notice>
      )}
    </Dialog>
  );
}
