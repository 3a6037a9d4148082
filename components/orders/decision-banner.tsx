"use client";
import { useFormatter, useNow, useTranslations } from "use-intl";
import { useProblemSentence } from "#components/portal/problem-text.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { DecisionView, OrderDetailView } from "#lib/orders/order-schema.ts";
import { decisionsOf } from "./decision-words.ts";
import { isOpen } from "./decisions-queries.ts";
import { useReasonLabel } from "./use-reason-label.ts";

/** What became of the last decision: on its way, confirmed, refused by what the vendor already had, or failed. */
export function DecisionBanner({ order, decision }: { order: OrderDetailView; decision: DecisionView }) {
  const t = useTranslations("decisions");
  const status = useTranslations("status");
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  const sentence = useProblemSentence();
  const reasonLabel = useReasonLabel();
  const vendor = order.vendorName;
  const { kind, conflict } = decision;
  const about = { kind, vendor, who: decision.requestedBy.name };
  const ago = (at: string) => format.relativeTime(new Date(at), new Date(at) > now ? new Date(at) : now);
  const when = ago(decision.requestedAt);

  if (decision.state === "undone") return null;
  const waits = decision.leavesAt !== null && decision.attempts === 0 && new Date(decision.leavesAt) > new Date();
  if (isOpen(decision) && waits) return <Notice tone="information">{t("stateWaiting", about)}</Notice>;
  if (isOpen(decision))
    return (
      <Notice tone="information" className="pulse-soft">
        {decision.state === "requested" ? t("stateRequested", { ...about, when }) : t("stateSending", about)}
        {decision.problem && <p>{sentence(decision.problem)}</p>}
      </Notice>
    );
  if (decision.state === "conflict")
    return (
      <Notice tone="warning" title={t("conflictTitle", { vendor })}>
        {conflict &&
          t("conflictText", {
            ...about,
            when,
            status: status(conflict.status),
            vendorStatus: conflict.vendorStatus,
          })}{" "}
        {conflict?.at &&
          t("conflictSince", {
            vendor,
            at: format.dateTime(new Date(conflict.at), { dateStyle: "medium", timeStyle: "short" }),
          })}
      </Notice>
    );
  if (decision.state === "failed")
    return (
      <Notice tone="problem" title={t("failedTitle", { vendor })}>
        {decision.problem ? sentence(decision.problem) : t("failedText", { vendor })}
      </Notice>
    );
  const confirmed = { ...about, when: ago(decision.confirmedAt ?? decision.requestedAt) };
  const reason = decision.reason && reasonLabel(decision.reason);
  return (
    <Notice tone={decision.kind === "accept" ? "success" : "information"}>
      {decision.recordedOnly ? t("stateRecorded", confirmed) : t("stateConfirmed", confirmed)}
      {(reason ?? decision.note) && <p className="text-text">{[reason, decision.note].filter(Boolean).join(" · ")}</p>}
    </Notice>
  );
}

/** Why a decision that this side normally has is missing now; said only where somebody could expect it. */
export function UnavailableDecisions({ order }: { order: OrderDetailView }) {
  const t = useTranslations("decisions");
  const sentence = useProblemSentence();
  if (order.passOn) return null; // its own notice says it better
  const worth = decisionsOf(Object.keys(order.unavailable)).filter(
    (kind) => order.status === "pending" && order.unavailable[kind] !== "decision_in_progress",
  );
  if (worth.length === 0) return null;
  return (
    <Notice tone="warning">
      {worth.map((kind) => (
        <p key={kind}>{t("unavailable", { kind, why: sentence(order.unavailable[kind]) })}</p>
      ))}
    </Notice>
  );
}
