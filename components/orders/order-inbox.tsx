"use client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Keyboard, Layers } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { fetchMore } from "#components/api/fetch-more.ts";
import { useShowKeys } from "#components/keyboard/keyboard-provider.tsx";
import { useShortcuts } from "#components/keyboard/use-shortcuts.ts";
import { Failed } from "#components/portal/failed.tsx";
import { useMay, useMember } from "#components/portal/member-context.tsx";
import { PageHeader } from "#components/portal/page-header.tsx";
import { usePreferences } from "#components/portal/preferences-context.tsx";
import { preloadScanViewer } from "#components/scan-viewer/preload-scan-viewer.ts";
import { Button, IconButton } from "#components/ui/button.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { useMedia } from "#components/ui/use-media.ts";
import type { DecisionView, OrderView } from "#lib/orders/order-schema.ts";
import type { SavedViewItem } from "#lib/views/saved-view-schema.ts";
import { isOpen } from "./decisions-queries.ts";
import { groupingAt } from "./group-orders.ts";
import { InboxEmpty, NoMatch } from "./inbox-empty.tsx";
import { InboxWindows } from "./inbox-windows.tsx";
import { loadOrderPage, useOpenOrder, useScansAhead } from "./open-order.ts";
import { OrderCards } from "./order-cards.tsx";
import { OrderFilterBar } from "./order-filter-bar.tsx";
import { countFilters, sortedForGroups } from "./order-filters.ts";
import { orderPath, triagePath } from "./order-path.ts";
import { CardsSkeleton, TableSkeleton } from "./order-skeletons.tsx";
import { OrderTable, ROW_HEIGHTS } from "./order-table.tsx";
import { orderListQuery, viewsQuery } from "./orders-queries.ts";
import { useDecisionEnding } from "./use-decision-ending.ts";
import { FollowedDecision } from "./use-follow-decision.ts";
import { useInboxActs } from "./use-inbox-acts.ts";
import { useOrderFilters } from "./use-order-filters.ts";
import { useSelection } from "./use-selection.ts";
import { choosing, ViewBar, viewOfDigit } from "./view-bar.tsx";

const BulkBar = dynamic(() => import("./bulk-bar.tsx").then((file) => file.BulkBar));
const NOTHING: OrderView[] = [];
const EMPTY = { total: 0, totalIsMinimum: false };
const NO_VIEWS: SavedViewItem[] = [];

/** The inbox: filters above, orders below, everything from the keyboard. */
export function OrderInbox() {
  useEffect(() => preloadScanViewer(loadOrderPage), []);
  const openOrder = useOpenOrder();
  const t = useTranslations("orders");
  const keyboard = useTranslations("keyboard");
  const decisions = useTranslations("decisions");
  const toast = useToast();
  const tell = useDecisionEnding();
  const router = useRouter();
  const { organisationKind } = useMember();
  const [filters, changeFilters] = useOrderFilters();
  const { columns, density, grouping: wished } = usePreferences().preferences;
  const grouping = groupingAt(organisationKind, wished);
  const saved = useQuery(viewsQuery()).data?.saved ?? NO_VIEWS;
  const columnsOfView = saved.find(({ id }) => id === filters.saved)?.columns;
  const listed = sortedForGroups(filters, grouping);
  const list = useInfiniteQuery(orderListQuery(listed));
  const pages = list.data?.pages;
  const counts = useMemo(
    () => new Map(pages?.flatMap(({ groups }) => groups ?? []).map(({ key, count }) => [key, count])),
    [pages],
  );
  const orders = useMemo(() => pages?.flatMap((page) => page.items) ?? NOTHING, [pages]);
  const { total, totalIsMinimum } = pages?.[0] ?? EMPTY;
  const [selected, setSelected] = useState(-1);
  const [followed, setFollowed] = useState<{ decision: DecisionView; number: string }[]>([]);
  const showKeys = useShowKeys();
  const mayDecide = useMay("decide");
  const mayTriage = mayDecide && organisationKind === "lab"; // a clinic has nothing to triage: it placed the orders
  const mayDownload = useMay("download");
  const scroller = useRef<HTMLDivElement>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const current = orders[selected];
  useScansAhead(current);
  const selection = useSelection(orders);

  const follow = (order: OrderView, decision: DecisionView) => {
    if (!isOpen(decision)) return tell(decision, order.number);
    toast("information", decisions("toastRequested", { kind: decision.kind, number: order.number }));
    setFollowed((others) => [...others, { decision, number: order.number }]);
  };
  const step = (by: number) => setSelected((at) => Math.min(Math.max(at + by, 0), orders.length - 1));
  const marked = orders.filter(({ id }) => selection.ids.has(id));
  const { open, setOpen, decide, note, hold, print, download } = useInboxActs(current, marked);
  useShortcuts({
    nextOrder: () => step(1),
    previousOrder: () => step(-1),
    openOrder: () => current && openOrder(current, orderPath(current.id, listed)),
    acceptOrder: decide("accept"),
    rejectOrder: decide("reject"),
    cancelOrder: decide("cancel"),
    noteOrder: mayDecide ? note : undefined,
    holdOrder: mayDecide ? hold : undefined,
    markOrder: () => current && selection.toggle(current.id),
    clearSelection: selection.ids.size > 0 ? selection.clear : undefined,
    printOrder: mayDownload ? print : undefined,
    downloadOrder: mayDownload ? download : undefined,
    startTriage: mayTriage ? () => router.push(triagePath(listed)) : undefined,
    searchOrders: () => searchField.current?.focus(),
    chooseView: (digit) => {
      const view = viewOfDigit(digit, organisationKind);
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
        aside={pages && t(totalIsMinimum ? "foundMany" : narrowed ? "found" : "total", { count: total })}
        actions={
          <>
            {mayTriage && (
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
          if (scrollHeight - scrollTop - clientHeight < 800 && list.hasNextPage) void fetchMore(list);
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
                  total={totalIsMinimum ? null : total}
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
              total={totalIsMinimum ? null : total}
              more={list.hasNextPage}
              busy={list.isFetchingNextPage}
              onMore={() => void fetchMore(list)}
            />
          </>
        )}
      </div>
      <Suspense fallback={null}>
        {marked.length > 0 && (
          <BulkBar
            orders={marked}
            onAct={(action) => setOpen({ name: "many", action, orders: marked })}
            onClear={selection.clear}
          />
        )}
      </Suspense>
      {/* By themselves: while a window's code comes, the bar keeps its place and the focus. */}
      <Suspense fallback={null}>
        <InboxWindows open={open} onAsked={follow} onClose={() => setOpen(null)} />
      </Suspense>
      {followed.map(({ decision, number }) => (
        <FollowedDecision key={decision.id} decision={decision} number={number} />
      ))}
    </>
  );
}

/** For those who do not scroll: how much is shown, and a button for the rest. */
function ListEnd(props: { shown: number; total: number | null; more: boolean; busy: boolean; onMore: () => void }) {
  const t = useTranslations();
  return (
    <div className="flex h-14 items-center justify-center gap-3 text-muted text-sm">
      {props.more ? (
        <>
          {props.total === null
            ? t("orders.shownOfMany", { shown: props.shown })
            : t("orders.shown", { shown: props.shown, total: Math.max(props.total, props.shown) })}
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
