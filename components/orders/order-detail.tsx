"use client";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { type ReactNode, Suspense, useDeferredValue, useState } from "react";
import { useTranslations } from "use-intl";
import { Problem } from "#components/api/problem.ts";
import { AppointmentSection } from "#components/appointments/appointment-section.tsx";
import { useAppointment } from "#components/appointments/use-appointment.ts";
import { useShortcuts } from "#components/keyboard/use-shortcuts.ts";
import { PatientChartPanel } from "#components/patient-chart/patient-chart-panel.tsx";
import { Failed } from "#components/portal/failed.tsx";
import { useMay } from "#components/portal/member-context.tsx";
import { NothingHere } from "#components/portal/nothing-here.tsx";
import { usePreferences } from "#components/portal/preferences-context.tsx";
import { PrescriptionPanel } from "#components/prescription/prescription-panel.tsx";
import { useAwaitsPicture } from "#components/scan-viewer/first-picture.ts";
import { classNames } from "#components/ui/class-names.ts";
import { Notice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { SplitPane } from "#components/ui/split-pane.tsx";
import { useMedia } from "#components/ui/use-media.ts";
import type { DecisionKind, OrderDetailView } from "#lib/orders/order-schema.ts";
import { canHold } from "./can-hold.ts";
import { ChangedNotice } from "./changed-notice.tsx";
import { DecisionBanner, UnavailableDecisions } from "./decision-banner.tsx";
import { isOpen } from "./decisions-queries.ts";
import { downloadAddress } from "./download-address.ts";
import { HoldBanner } from "./hold-banner.tsx";
import { OrderActions } from "./order-actions.tsx";
import { OrderFacts } from "./order-facts.tsx";
import { OrderFiles } from "./order-files.tsx";
import { OrderFormSection } from "./order-form-section.tsx";
import { OrderHeader } from "./order-header.tsx";
import { OrderHistory } from "./order-history.tsx";
import { inboxPath } from "./order-path.ts";
import { OrderRail } from "./order-rail.tsx";
import { OrderScans } from "./order-scans.tsx";
import { orderQuery } from "./orders-queries.ts";
import { paperAddress } from "./paper-address.ts";
import { PassOnNotice } from "./pass-on-notice.tsx";
import { PrecisionNotice } from "./precision-notice.tsx";
import { RejectionNotice } from "./rejection-notice.tsx";
import { useShownOrder } from "./shown-order.ts";
import { useDecisionEnding } from "./use-decision-ending.ts";
import { useFollowDecision } from "./use-follow-decision.ts";
import { useListShown } from "./use-list-shown.ts";
import { useNeighbours } from "./use-neighbours.ts";
import { useOrderFilters } from "./use-order-filters.ts";

const HoldDialog = dynamic(() => import("./hold-dialog.tsx").then((file) => file.HoldDialog));
const DecisionDialog = dynamic(() => import("./decision-dialog.tsx").then((file) => file.DecisionDialog));

const NoteDialog = dynamic(() => import("./note-dialog.tsx").then((file) => file.NoteDialog));

/** One order: the list it came from, its prescription, its scans. One column on a phone. */
export function OrderDetail({ orderId: rendered }: { orderId: string }) {
  const orderId = useShownOrder(rendered);
  const [filters] = useOrderFilters();
  const step = useNeighbours(orderId);
  const [listShown, toggleList] = useListShown();
  const awaitsPicture = useAwaitsPicture(orderId);
  const railDue = useDeferredValue(!awaitsPicture);
  // Painting what is empty yet would hold the picture up.
  return (
    <div className={classNames("flex min-h-0 flex-1", awaitsPicture && "invisible")}>
      {listShown && (
        <div className="hidden xl:block">
          {railDue ? (
            <OrderRail filters={filters} openId={orderId} />
          ) : (
            <div aria-busy className="h-full w-72 border-r bg-surface" />
          )}
        </div>
      )}
      <OpenOrder key={orderId} orderId={orderId} onStep={step} list={{ shown: listShown, toggle: toggleList }} />
    </div>
  );
}

type OpenOrderProps = {
  orderId: string;
  onStep: (by: 1 | -1) => void;
  list: { shown: boolean; toggle: () => void };
};

function OpenOrder({ orderId, onStep, list }: OpenOrderProps) {
  const router = useRouter();
  const [filters] = useOrderFilters();
  const awaitsPicture = useAwaitsPicture(orderId);
  const { data: order, error, refetch } = useQuery({ ...orderQuery(orderId), enabled: !awaitsPicture });
  const decision = useFollowDecision(order?.decision ?? null, order?.number ?? "");
  const tell = useDecisionEnding();
  const [deciding, setDeciding] = useState<DecisionKind | null>(null);
  const [noting, setNoting] = useState(false);
  const [holding, setHolding] = useState(false);
  const mayDecide = useMay("decide");
  const mayDownload = useMay("download");
  const { preferences } = usePreferences();
  const decide = (kind: DecisionKind) => () => {
    if (order?.actions.includes(kind)) setDeciding(kind);
  };
  const hold = mayDecide && order && canHold(order) ? () => setHolding(true) : undefined;
  useShortcuts({
    nextOrder: () => onStep(1),
    previousOrder: () => onStep(-1),
    acceptOrder: decide("accept"),
    rejectOrder: decide("reject"),
    cancelOrder: decide("cancel"),
    holdOrder: hold,
    printOrder: () => window.open(paperAddress(orderId, "work-ticket"), "_blank", "noopener"),
    noteOrder: mayDecide && order ? () => setNoting(true) : undefined,
    downloadOrder: mayDownload
      ? () => window.location.assign(downloadAddress(orderId, preferences.downloadFormat))
      : undefined,
    toggleList: list.toggle,
    backToOrders: () => router.push(inboxPath(filters)),
  });
  // Scans that were asked for are drawn before words are laid out.
  const wordsAreDue = useDeferredValue(!awaitsPicture && order !== undefined);
  const blank = useDeferredValue(awaitsPicture);
  const shown = wordsAreDue ? order : undefined;
  if (error && !order)
    return (
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <Unavailable error={error} retry={() => void refetch()} />
      </div>
    );
  const actions = shown && <OrderActions order={shown} onDecide={setDeciding} />;
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      {shown ? (
        <OrderHeader order={shown} filters={filters} onStep={onStep} onHold={hold} list={list} actions={actions} />
      ) : (
        <HeaderSkeleton blank={blank} />
      )}
      <OrderBody orderId={orderId} order={shown} blank={blank}>
        {shown && decision && <DecisionBanner order={shown} decision={decision} />}
      </OrderBody>
      {order && order.actions.length > 0 && (
        <div className="flex gap-2 border-t bg-surface px-4 py-2.5 sm:hidden">
          <OrderActions order={order} onDecide={setDeciding} size="large" />
        </div>
      )}
      <Suspense fallback={null}>
        {order && holding && <HoldDialog order={order} onClose={() => setHolding(false)} />}
        {order && noting && <NoteDialog order={order} onClose={() => setNoting(false)} />}
        {order && deciding && (
          <DecisionDialog
            order={order}
            kind={deciding}
            onAsked={(asked) => !isOpen(asked) && tell(asked, order.number)}
            onClose={() => setDeciding(null)}
          />
        )}
      </Suspense>
    </div>
  );
}

function Unavailable({ error, retry }: { error: Error; retry: () => void }) {
  const t = useTranslations("orders");
  if (error instanceof Problem && error.status === 404) return <NothingHere />;
  return <Failed title={t("loadFailed")} error={error} retry={retry} />;
}

type BodyProps = {
  orderId: string;
  /** Undefined while it is on its way. */
  order: OrderDetailView | undefined;
  /** Nothing yet says that it is on its way: it comes at once or after the scans. */
  blank: boolean;
  /** What stands above the prescription. */
  children: ReactNode;
};

function OrderBody({ orderId, order, blank, children }: BodyProps) {
  const t = useTranslations();
  const wide = useMedia("(min-width: 900px)");
  const scans = <OrderScans orderId={orderId} />;
  const words = order ? <OrderWords order={order} banner={children} /> : blank ? null : <WordsSkeleton />;
  if (wide === false)
    return (
      <div className="relative min-h-0 flex-1 overflow-y-auto bg-surface">
        <div className="h-[46dvh] border-b">{scans}</div>
        {words}
      </div>
    );
  return (
    <div className="min-h-0 flex-1 bg-surface">
      <SplitPane
        name="order"
        label={t("ui.resizePanel")}
        initial={420}
        min={320}
        keep={380}
        first={words}
        second={wide && scans}
      />
    </div>
  );
}

function OrderWords({ order, banner }: { order: OrderDetailView; banner: ReactNode }) {
  const t = useTranslations();
  // What stands further down is laid out after what is seen at once.
  const isAll = useDeferredValue(true, false);
  // What stands below an appointment waits until it is known whether there is one: nothing moves down.
  const isPlaced = useAppointment(order).isKnown;
  return (
    <div className="flex flex-col gap-5 px-4 py-4 sm:px-5">
      {banner}
      <RejectionNotice order={order} />
      <PassOnNotice order={order} />
      <HoldBanner order={order} />
      <UnavailableDecisions order={order} />
      <ChangedNotice order={order} />
      {!order.detailHere && <Notice tone="information">{t("orders.detailComing")}</Notice>}
      <PrescriptionPanel order={order} />
      <AppointmentSection order={order} />
      {isPlaced && <OrderFacts order={order} />}
      {isPlaced && isAll && (
        <>
          <PrecisionNotice order={order} />
          <PatientChartPanel order={order} />
          <OrderFiles order={order} />
          <OrderFormSection order={order} />
          <OrderHistory order={order} />
        </>
      )}
    </div>
  );
}

function HeaderSkeleton({ blank }: { blank: boolean }) {
  return (
    <div aria-busy className="shrink-0 border-b bg-surface px-4 py-2.5 sm:px-5">
      {blank ? (
        <div className="h-16 max-sm:h-20" />
      ) : (
        <>
          <Skeleton className="h-8 w-72" />
          <Skeleton className="mt-1 h-7 w-96 max-w-full max-sm:h-11" />
        </>
      )}
    </div>
  );
}

function WordsSkeleton() {
  return (
    <div aria-busy className="p-5">
      <Skeleton className="h-5 w-28" />
      <Skeleton className="mt-3 h-48 w-full" />
      <Skeleton className="mt-4 h-32 w-full" />
    </div>
  );
}
