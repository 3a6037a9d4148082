"use client";
import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { type MouseEvent, memo, type RefObject, useEffect, useEffectEvent, useMemo } from "react";
import { useTranslations } from "use-intl";
import { classNames } from "#components/ui/class-names.ts";
import type { OrderView } from "#lib/orders/order-schema.ts";
import type { InboxColumn } from "#lib/preferences/preference-values.ts";
import { GroupHeading } from "./group-heading.tsx";
import { type Grouping, groupKeyOf, groupOrders } from "./group-orders.ts";
import { useOpenOrder } from "./open-order.ts";
import { CELLS, COLUMN_LOOKS, ColumnHead, GREEDY_COLUMN, SORTABLE, USUAL_COLUMNS } from "./order-columns.tsx";
import { type OrderFilters, toggleSort } from "./order-filters.ts";
import { orderPath } from "./order-path.ts";
import { useRowsInSight } from "./use-rows-in-sight.ts";
import type { Selection } from "./use-selection.ts";

/** px; the skeletons have the same. */
export const ROW_HEIGHTS = { comfortable: 40, compact: 32 } as const;
const HEADING_HEIGHT = 36;
const HEAD_HEIGHT = 36;
const MARK_WIDTH = 40;
/** Keeps the last column off the edge, whichever is the last that is shown at a width. */
export const EDGE_WIDTH = 12;

type Props = {
  orders: OrderView[];
  /** Orders of the whole list; null for more than are counted. */
  total: number | null;
  filters: OrderFilters;
  onSort: (sort: OrderFilters["sort"]) => void;
  /** Index of the row the keyboard stands on. */
  selected: number;
  onSelect: (index: number) => void;
  selection: Selection;
  columns: readonly InboxColumn[] | null;
  rowHeight: number;
  grouping: Grouping;
  /** Orders of the whole list under each heading, once counted. */
  counts: ReadonlyMap<string | null, number>;
  scroller: RefObject<HTMLDivElement | null>;
};

/** A click on the row itself, not on a link in it, and not the end of marking text to copy. */
function isPlainClick(event: MouseEvent<HTMLElement>): boolean {
  const onControl = (event.target as HTMLElement).closest("a,button,label,input") !== null;
  return !onControl && window.getSelection()?.isCollapsed !== false;
}

/** The inbox as a table: only the rows in sight are in the page, however long the list grows. */
export function OrderTable(props: Props) {
  const { orders, filters, selected, selection, rowHeight, grouping, scroller } = props;
  const t = useTranslations("orders");
  const openOrder = useOpenOrder();
  const names = props.columns ?? USUAL_COLUMNS;
  const isChosen = props.columns !== null;
  const lines = useMemo(() => groupOrders(orders, grouping), [orders, grouping]);
  const heights = useMemo(
    () => lines.map((line) => ("order" in line ? rowHeight : HEADING_HEIGHT)),
    [lines, rowHeight],
  );
  const { first, end, before, after, scrollTo } = useRowsInSight(scroller, heights, HEAD_HEIGHT);
  const follow = useEffectEvent((place: number) => {
    const line = lines.findIndex((one) => "order" in one && one.place === place);
    if (line >= 0) scrollTo(line);
  });
  useEffect(() => follow(selected), [selected]);
  const allMarked = selection.ids.size > 0 && selection.ids.size === orders.length;
  return (
    <table
      className="w-full table-fixed border-separate border-spacing-0 text-sm"
      style={props.columns ? { minWidth: MARK_WIDTH + widthOf(names) + EDGE_WIDTH } : undefined}
      aria-label={t("tableName")}
      aria-rowcount={props.total === null ? -1 : props.total + 1}
    >
      <thead className="sticky top-0 z-10 bg-surface">
        <tr aria-rowindex={1}>
          <th scope="col" style={{ width: MARK_WIDTH }} className="h-9 border-b">
            <label className="grid h-full place-items-center">
              <span className="sr-only">{t("markAll")}</span>
              <input
                type="checkbox"
                checked={allMarked}
                ref={(box) => {
                  if (box) box.indeterminate = selection.ids.size > 0 && !allMarked;
                }}
                onChange={selection.toggleAll}
                className="size-4 accent-(--accent)"
              />
            </label>
          </th>
          {names.map((name) => (
            <HeaderCell
              key={name}
              id={name}
              chosen={isChosen}
              sort={filters.sort}
              onSort={grouping === "none" ? props.onSort : null}
            >
              <ColumnHead name={name} />
            </HeaderCell>
          ))}
          <td aria-hidden style={{ width: EDGE_WIDTH }} className="border-b p-0" />
        </tr>
      </thead>
      <tbody>
        {before > 0 && <Spacer height={before} />}
        {lines.slice(first, end).map((line) => {
          if (!("order" in line))
            return (
              <tr key={`heading ${line.first.id}`} style={{ height: HEADING_HEIGHT }}>
                <th
                  scope="rowgroup"
                  colSpan={names.length + 2}
                  className="border-b bg-sunken px-4 text-left font-normal sm:px-5"
                >
                  <GroupHeading
                    by={grouping}
                    first={line.first}
                    count={grouping === "none" ? undefined : props.counts.get(groupKeyOf(line.first, grouping))}
                  />
                </th>
              </tr>
            );
          const { order, place } = line;
          const here = place === selected;
          return (
            <tr
              key={order.id}
              aria-rowindex={place + 2}
              aria-selected={here}
              onPointerDown={() => props.onSelect(place)}
              onClick={(event) => isPlainClick(event) && openOrder(order, orderPath(order.id, filters))}
              style={{ height: rowHeight }}
              className={classNames(
                "cursor-pointer",
                here ? "bg-selected shadow-[inset_3px_0_0_var(--accent)]" : "hover:bg-hover",
                selection.ids.has(order.id) && !here && "bg-hover",
              )}
            >
              <td className="border-b">
                <label className="grid h-full cursor-pointer place-items-center">
                  <span className="sr-only">{t("markOrder", { number: order.number })}</span>
                  <input
                    type="checkbox"
                    checked={selection.ids.has(order.id)}
                    onChange={(event) =>
                      selection.toggle(order.id, { range: (event.nativeEvent as unknown as PointerEvent).shiftKey })
                    }
                    className="size-4 accent-(--accent)"
                  />
                </label>
              </td>
              <Cells
                order={order}
                names={names}
                isChosen={isChosen}
                path={orderPath(order.id, filters)}
                onOpen={openOrder}
              />
              <td aria-hidden className="border-b p-0" />
            </tr>
          );
        })}
        {after > 0 && <Spacer height={after} />}
      </tbody>
    </table>
  );
}

/** What an order says, drawn again only when it changes: moving the keys through the list does not. */
const Cells = memo(function Cells(props: {
  order: OrderView;
  names: readonly InboxColumn[];
  isChosen: boolean;
  path: ReturnType<typeof orderPath>;
  onOpen: ReturnType<typeof useOpenOrder>;
}) {
  const { order, names, isChosen, path, onOpen } = props;
  return names.map((name) => (
    <td key={name} className={classNames("truncate border-b px-2", looksOf(name, isChosen))}>
      {name === "case" ? (
        <Link
          href={path}
          prefetch={false}
          onNavigate={(event) => {
            event.preventDefault();
            onOpen(order, path);
          }}
          className="rounded-xs hover:underline"
        >
          {CELLS[name](order)}
        </Link>
      ) : (
        CELLS[name](order)
      )}
    </td>
  ));
});

function widthOf(names: readonly InboxColumn[]): number {
  return names.reduce((sum, name) => sum + COLUMN_LOOKS[name].width, 0);
}

/** Columns that somebody chose are always shown: the list is scrolled sideways where they do not fit. */
export function looksOf(column: InboxColumn, chosen: boolean): string {
  const { usual, align } = COLUMN_LOOKS[column];
  return classNames(!chosen && usual, align);
}

function HeaderCell(props: {
  id: InboxColumn;
  chosen: boolean;
  sort: OrderFilters["sort"];
  onSort: Props["onSort"] | null;
  children: React.ReactNode;
}) {
  const { onSort } = props;
  const column = props.id in SORTABLE ? SORTABLE[props.id as keyof typeof SORTABLE] : null;
  const sorted =
    column && props.sort.replace("-", "") === column ? (props.sort.startsWith("-") ? "descending" : "ascending") : null;
  return (
    <th
      scope="col"
      aria-sort={sorted ?? (column ? "none" : undefined)}
      style={props.id === GREEDY_COLUMN ? undefined : { width: COLUMN_LOOKS[props.id].width }}
      className={classNames(
        "h-9 truncate border-b px-2 text-left font-medium text-muted text-xs",
        looksOf(props.id, props.chosen),
      )}
    >
      {column && onSort ? (
        <button
          type="button"
          onClick={() => onSort(toggleSort(props.sort, column))}
          className={classNames(
            "-mx-1 inline-flex items-center gap-0.5 rounded px-1 hover:text-text",
            sorted && "text-text",
          )}
        >
          {props.children}
          {sorted === "ascending" && <ArrowUp aria-hidden className="size-3.5" />}
          {sorted === "descending" && <ArrowDown aria-hidden className="size-3.5" />}
        </button>
      ) : (
        props.children
      )}
    </th>
  );
}

function Spacer({ height }: { height: number }) {
  return (
    <tr aria-hidden style={{ height }}>
      <td />
    </tr>
  );
}
