"use client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Keyboard, Layers } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useShowKeys } from "#components/keyboard/keyboard-provider.tsx";
import { useShortcuts } from "#components/keyboard/use-shortcuts.ts";
import { Failed } from "#components/portal/failed.tsx";
import { useMay } from "#components/portal/member-context.tsx";
import { PageHeader } from "#components/portal/page-header.tsx";
import { usePreferences } from "#components/portal/preferences-context.tsx";
import { preloadScanViewer } from "#components/scan-viewer/preload-scan-viewer.ts";
import { Button, IconButton } from "#components/ui/button.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { useMedia } from "#components/ui/use-media.ts";
import type { DecisionKind, DecisionView, OrderView } from "#lib/orders/order-schema.ts";
import type { SavedViewItem } from "#lib/views/saved-view-schema.ts";
import { type BulkAction, BulkBar } from "./bulk-bar.tsx";
import { isOpen } from "./decisions-queries.ts";
import { downloadAddress } from "./download-address.ts";
import { InboxEmpty, NoMatch } from "./inbox-empty.tsx";
import { OrderCards } from "./order-cards.tsx";
import { OrderFilterBar } from "./order-filter-bar.tsx";
import { countFilters, sortedForGroups } from "./order-filters.ts";
import { orderPath, triagePath } from "./order-path.ts";
import { CardsSkeleton, TableSkeleton } from "./order-skeletons.tsx";
import { OrderTable, ROW_HEIGHTS } from "./order-table.tsx";
import { orderGroupsQuery, orderListQuery, viewsQuery } from "./orders-queries.ts";
import { ticketsAddress } from "./paper-address.ts";
import { useDecisionEnding } from "./use-decision-ending.ts";
import { FollowedDecision } from "./use-follow-decision.ts";
import { useOrderFilters } from "./use-order-filters.ts";
import { useSelection } from "./use-selection.ts";
import { choosing, ViewBar, viewOfDigit } from "./view-bar.tsx";

const DecisionDialog = dynamic(() => import("./decision-dialog.tsx").then((file) => file.DecisionDialog));
const NoteDialog = dynamic(() => import("./note-dialog.tsx").then((file) => file.NoteDialog));
const BulkDecisionDialog = dynamic(() => import("./bulk-decision-dialog.tsx").then((file) => file.BulkDecisionDialog));
const BulkNoteDialog = dynamic(() => import("./bulk-note-dialog.tsx").then((file) => file.BulkNoteDialog));
const NOTHING: OrderView[] = [];
const NO_VIEWS: SavedViewItem[] = [];

/** The inbox: filters above, orders below, everything from the keyboard. */
export function OrderInbox() {
  useEffect(preloadScanViewer, []);
  const t = useTranslations("orders");
  const keyboard = useTranslations("keyboard");
  const decisions = useTranslations("decisions");
  const toast = useToast();
  const tell = useDecisionEnding();
  const router = useRouter();
  const [filters, changeFilters] = useOrderFilters();
  const { columns, density, grouping, downloadFormat } = usePreferences().preferences;
  const saved = useQuery(viewsQuery()).data?.saved ?? NO_VIEWS;
  const columnsOfView = saved.find(({ id }) => id === filters.saved)?.columns;
  const listed = sortedForGroups(filters, grouping);
  const list = useInfiniteQuery(orderListQuery(listed));
  const groups = useQuery(orderGroupsQuery(listed, grouping)).data?.items;
  const counts = useMemo(() => new Map(groups?.map(({ key, count }) => [key, count])), [groups]);
  const orders = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? NOTHING, [list.data]);
  const total = list.data?.pages[0]?.total ?? 0;
  const [selected, setSelected] = useState(-1);
  const [deciding, setDeciding] = useState<{ order: OrderView; kind: DecisionKind } | null>(null);
  const [followed, setFollowed] = useState<{ decision: DecisionView; number: string }[]>([]);
  const [noting, setNoting] = useState<OrderView | null>(null);
  const showKeys = useShowKeys();
  const [acting, setActing] = useState<{ action: BulkAction; orders: OrderView[] } | null>(null);
  const mayDecide = useMay("decide");
  const mayDownload = useMay("download");
  const scroller = useRef<HTMLDivElement>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const current = orders[selected];
  const selection = useSelection(orders);

  const follow = (order: OrderView) => (decision: DecisionView) => {
    if (!isOpen(decision)) return tell(decision, order.number);
    toast("information", decisions("toastRequested", { kind: decision.kind, number: order.number }));
    setFollowed((others) => [...others, { decision, number: order.number }]);
  };
  const step = (by: number) => setSelected((at) => Math.min(Math.max(at + by, 0), orders.length - 1));
  const marked = orders.filter(({ id }) => selection.ids.has(id));
  const decide = (kind: DecisionKind) => () => {
    if (marked.some((order) => order.actions.includes(kind))) setActing({ action: kind, orders: marked });
    else if (marked.length === 0 && current?.actions.includes(kind)) setDeciding({ order: current, kind });
  };
  const note = () => {
    if (marked.length > 0) setActing({ action: "note", orders: marked });
    else if (current) setNoting(current);
  };
  const print = () => {
    const ids = marked.length > 0 ? marked.map(({ id }) => id) : current ? [current.id] : [];
    if (ids.length > 0) window.open(ticketsAddress(ids), "_blank", "noopener");
  };
  useShortcuts({
    nextOrder: () => step(1),
    previousOrder: () => step(-1),
    openOrder: () => current && router.push(orderPath(current.id, listed)),
    acceptOrder: decide("accept"),
    rejectOrder: decide("reject"),
    cancelOrder: decide("cancel"),
    noteOrder: mayDecide ? note : undefined,
    markOrder: () => current && selection.toggle(current.id),
    clearSelection: selection.ids.size > 0 ? selection.clear : undefined,
    printOrder: mayDownload ? print : undefined,
    downloadOrder:
      current && mayDownload ? () => window.location.assign(downloadAddress(current.id, downloadFormat)) : undefined,
    startTriage: mayDecide ? () => router.push(triagePath(listed)) : undefined,
    searchOrders: () => searchField.current?.focus(),
    chooseView: (digit) => {
      const view = viewOfDigit(digit);
      if (view) changeFilters(choosing(view, filters));
    },
    allOrders: () => changeFilters(choosing(null, filters)),
  });

  // The server cannot know which of the two fits: both are hidden by width until the browser tells.
  const wide = useMedia("(min-width: 640px)");
  const narrowed = countFilters(filters) > 0;
  return (
    <>
      <PageHeader
        title={t("title")}
        aside={list.data && t(narrowed ? "found" : "total", { count: total })}
        actions={
          <>
            {mayDecide && (
              <Button asChild className="max-sm:hidden">
                <Link href={triagePath(listed)} prefetch={false}>
                  <Layers aria-hidden className="size-4" />
                  {t("triage")}
                </Link>
              </Button>
            )}
            <IconButton label={keyboard("hint")} onClick={showKeys} className="max-sm:hidden">
              <Keyboard aria-hidden className="size-4.5" />
            </IconButton>
          </>
        }
      />
      <ViewBar filters={filters} onChange={changeFilters} />
      <OrderFilterBar filters={filters} onChange={changeFilters} searchField={searchField} />
      <div
        ref={scroller}
        aria-busy={list.isFetching}
        className="@container relative min-h-0 flex-1 scroll-pt-10 overflow-y-auto bg-surface"
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          if (scrollHeight - scrollTop - clientHeight < 800 && list.hasNextPage && !list.isFetchingNextPage)
            void list.fetchNextPage();
        }}
      >
        {list.isPending && (
          <>
            <div className="max-sm:hidden">
              <TableSkeleton />
            </div>
            <div className="sm:hidden">
              <CardsSkeleton />
            </div>
          </>
        )}
        {list.isError && orders.length === 0 && (
          <Failed title={t("failedTitle")} error={list.error} retry={() => void list.refetch()} />
        )}
        {list.isSuccess &&
          orders.length === 0 &&
          (narrowed ? <NoMatch onClear={() => router.replace("/orders")} /> : <InboxEmpty />)}
        {orders.length > 0 && (
          <>
            {wide !== false && (
              <div className="max-sm:hidden">
                <OrderTable
                  orders={orders}
                  total={total}
                  filters={listed}
                  onSort={(sort) => changeFilters({ sort })}
                  selected={selected}
                  onSelect={setSelected}
                  selection={selection}
                  columns={columnsOfView ?? columns}
                  rowHeight={ROW_HEIGHTS[density]}
                  grouping={grouping}
                  counts={counts}
                  scroller={scroller}
                />
              </div>
            )}
            {!wide && (
              <div className="sm:hidden">
                <OrderCards orders={orders} filters={listed} grouping={grouping} counts={counts} />
              </div>
            )}
            <ListEnd
              shown={orders.length}
              total={total}
              more={list.hasNextPage}
              busy={list.isFetchingNextPage}
              onMore={() => void list.fetchNextPage()}
            />
          </>
        )}
      </div>
      {deciding && <DecisionDialog {...deciding} onAsked={follow(deciding.order)} onClose={() => setDeciding(null)} />}
      {marked.length > 0 && (
        <BulkBar
          orders={marked}
          onAct={(action) => setActing({ action, orders: marked })}
          onPrint={print}
          onClear={selection.clear}
        />
      )}
      {acting &&
        (acting.action === "note" ? (
          <BulkNoteDialog orders={acting.orders} onClose={() => setActing(null)} />
        ) : (
          <BulkDecisionDialog orders={acting.orders} kind={acting.action} onClose={() => setActing(null)} />
        ))}
      {noting && <NoteDialog order={noting} onClose={() => setNoting(null)} />}
      {followed.map(({ decision, number }) => (
        <FollowedDecision key={decision.id} decision={decision} number={number} />
      ))}
    </>
  );
}

/** For those who do not scroll: how much is shown, and a button for the rest. */
function ListEnd(props: { shown: number; total: number; more: boolean; busy: boolean; onMore: () => void }) {
  const t = useTranslations();
  return (
    <div className="flex h-14 items-center justify-center gap-3 text-muted text-sm">
      {props.more ? (
        <>
          {t("orders.shown", { shown: props.shown, total: Math.max(props.total, props.shown) })}
          <Button size="small" busy={props.busy} onClick={props.onMore}>
            {t("ui.loadMore")}
          </Button>
        </>
      ) : (
        t("orders.endOfList")
      )}
    </div>
  );
}
