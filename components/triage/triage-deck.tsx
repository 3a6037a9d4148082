"use client";
import { X } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { Suspense, useState } from "react";
import { useTranslations } from "use-intl";
import { KeyCaps } from "#components/keyboard/key-caps.tsx";
import { useShortcuts } from "#components/keyboard/use-shortcuts.ts";
import { canHold } from "#components/orders/can-hold.ts";
import { downloadAddress } from "#components/orders/download-address.ts";
import { trackLeaving } from "#components/orders/leaving-decisions.ts";
import { inboxPath, orderPath } from "#components/orders/order-path.ts";
import { useDecide } from "#components/orders/use-decide.ts";
import { useOrderFilters } from "#components/orders/use-order-filters.ts";
import { Failed } from "#components/portal/failed.tsx";
import { useMay } from "#components/portal/member-context.tsx";
import { usePreferences } from "#components/portal/preferences-context.tsx";
import { useProblemSentence } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { DecisionKind, OrderView } from "#lib/orders/order-schema.ts";
import { REASON_GROUPS } from "#lib/reasons/reason-codes.ts";
import { TriageActions } from "./triage-actions.tsx";
import { TriageCase } from "./triage-case.tsx";
import { TriageEnd } from "./triage-end.tsx";
import { useDeck } from "./use-deck.ts";
import { type Outcome, useOutcomes } from "./use-outcomes.ts";

const HoldDialog = dynamic(() => import("#components/orders/hold-dialog.tsx").then((file) => file.HoldDialog));
const NoteDialog = dynamic(() => import("#components/orders/note-dialog.tsx").then((file) => file.NoteDialog));

/** One case after the other over the whole window, one key per decision; the next is there when the key goes up. */
export function TriageDeck() {
  const t = useTranslations("triage");
  const router = useRouter();
  const toast = useToast();
  const sentence = useProblemSentence();
  const [filters] = useOrderFilters();
  const { preferences } = usePreferences();
  const mayDownload = useMay("download");
  const { deck, at, current, isLoading, error, retry, step, goTo } = useDeck(filters);
  const decide = useDecide();
  const [rejecting, setRejecting] = useState(false);
  const [open, setOpen] = useState<{ window: "hold" | "note"; order: OrderView } | null>(null);
  const { outcomes, note } = useOutcomes((orderId) => {
    setRejecting(false);
    goTo(orderId);
  });

  function take(order: OrderView, kind: DecisionKind, reason?: string) {
    note(order.id, kind);
    setRejecting(false);
    step(1);
    decide.mutate(
      { orderId: order.id, kind, body: reason ? { reason } : {}, idempotencyKey: crypto.randomUUID() },
      {
        onSuccess: ({ decision }) => trackLeaving(decision, order.number, order.vendorName),
        onError: (problem) => {
          note(order.id, null);
          toast("problem", t("notDecided", { number: order.number, why: sentence(problem) }));
        },
      },
    );
  }
  const mayTake = (kind: DecisionKind) =>
    current && !outcomes.has(current.id) && current.actions.includes(kind) ? current : undefined;
  const accept = () => {
    const order = mayTake("accept");
    if (order) take(order, "accept");
  };
  const rejectFor = (digit: string) => {
    const order = mayTake("reject");
    const reason = REASON_GROUPS[Number(digit) - 1];
    if (order && reason) take(order, "reject", reason);
  };
  const hold = mayHold(current, outcomes) ? () => setOpen({ window: "hold", order: current }) : undefined;
  const held = (order: OrderView) => {
    note(order.id, "held");
    setRejecting(false);
    step(1);
  };
  const leave = () => router.push(inboxPath(filters));
  const skip = () => {
    setRejecting(false);
    if (current && !outcomes.has(current.id)) note(current.id, "skipped");
    step(1);
  };
  const back = () => {
    setRejecting(false);
    const before = deck[at - 1];
    if (before && outcomes.get(before.id) === "skipped") note(before.id, null);
    step(-1);
  };
  useShortcuts({
    nextOrder: skip,
    previousOrder: back,
    acceptOrder: accept,
    rejectOrder: mayTake("reject") ? () => setRejecting(true) : undefined,
    holdOrder: hold,
    noteOrder: current && (() => setOpen({ window: "note", order: current })),
    chooseReason: rejecting ? rejectFor : undefined,
    openOrder: () => current && router.push(orderPath(current.id, filters)),
    downloadOrder:
      current && mayDownload
        ? () => window.location.assign(downloadAddress(current.id, preferences.downloadFormat))
        : undefined,
    backToOrders: () => (rejecting ? setRejecting(false) : leave()),
  });
  return (
    <div data-over-all className="fixed inset-0 z-30 flex flex-col bg-surface">
      <header className="flex min-h-12 shrink-0 items-center gap-3 border-b px-4 sm:px-5">
        <h1 className="font-semibold text-lg">{t("title")}</h1>
        <span className="text-muted text-sm tabular-nums">
          {current
            ? t("place", { at: at + 1, total: deck.length })
            : !isLoading && t("through", { total: deck.length })}
        </span>
        <progress
          aria-label={t("progress")}
          max={Math.max(deck.length, 1)}
          value={at}
          className="h-1.5 min-w-0 flex-1 accent-(--accent) max-sm:invisible"
        />
        <Button look="quiet" onClick={leave}>
          <X aria-hidden className="size-4" />
          {t("leave")}
          <span className="max-sm:hidden">
            <KeyCaps name="Escape" />
          </span>
        </Button>
      </header>
      {error && deck.length === 0 ? (
        <Failed title={t("failed")} error={error} retry={retry} />
      ) : isLoading ? (
        <Skeleton className="m-5 h-64" />
      ) : current ? (
        <>
          <TriageCase key={current.id} order={current} outcome={outcomes.get(current.id)} />
          <TriageActions
            order={current}
            outcome={outcomes.get(current.id)}
            rejecting={rejecting}
            onAccept={accept}
            onReject={() => setRejecting(!rejecting)}
            onReason={rejectFor}
            onHold={hold}
            onSkip={skip}
            onBack={at > 0 ? back : undefined}
          />
        </>
      ) : (
        <TriageEnd outcomes={outcomes} onBack={at > 0 ? back : undefined} onLeave={leave} />
      )}
      <Suspense fallback={null}>
        {open?.window === "hold" && (
          <HoldDialog order={open.order} onHeld={() => held(open.order)} onClose={() => setOpen(null)} />
        )}
        {open?.window === "note" && <NoteDialog order={open.order} onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}

function mayHold(order: OrderView | undefined, outcomes: ReadonlyMap<string, Outcome>): order is OrderView {
  const outcome = order && outcomes.get(order.id);
  return order !== undefined && (outcome === undefined || outcome === "skipped") && canHold(order);
}
