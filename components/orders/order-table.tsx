"use client";
import { useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type MouseEvent, type RefObject, useEffect, useMemo } from "react";
import { useTranslations } from "use-intl";
import { classNames } from "#components/ui/class-names.ts";
import type { OrderView } from "#lib/orders/order-schema.ts";
import type { InboxColumn } from "#lib/preferences/preference-values.ts";
import { GroupHeading } from "./group-heading.tsx";
import { type Grouping, groupKeyOf, groupOrders } from "./group-orders.ts";
import {
  COLUMN_LOOKS,
  GREEDY_COLUMN,
  orderColumns,
  orderTableFeatures,
  SORTABLE,
  USUAL_COLUMNS,
} from "./order-columns.tsx";
import { type OrderFilters, toggleSort } from "./order-filters.ts";
import { orderPath } from "./order-path.ts";
import type { Selection } from "./use-selection.ts";

/** px; the skeletons have the same. */
export const ROW_HEIGHTS = { comfortable: 40, compact: 32 } as const;
const HEADING_HEIGHT = 36;
const MARK_WIDTH = 40;

type Props = {
  orders: OrderView[];
  total: number;
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
  const router = useRouter();
  const names = props.columns ?? USUAL_COLUMNS;
  const columns = useMemo(
    () => names.flatMap((name) => orderColumns.find((column) => column.id === name) ?? []),
    [names],
  );
  const table = useTable({
    features: orderTableFeatures,
    columns,
    data: orders,
    getRowId: (order) => order.id,
  });
  const rows = table.getRowModel().rows;
  const lines = useMemo(() => groupOrders(orders, grouping), [orders, grouping]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => ("order" in lines[index]! ? rowHeight : HEADING_HEIGHT),
    overscan: 12,
    scrollPaddingStart: 40,
    initialRect: { width: 1200, height: 900 }, // the server's guess, so that the first page is in its HTML
  });
  useEffect(() => {
    const line = lines.findIndex((one) => "order" in one && one.place === selected);
    if (line >= 0) virtual.scrollToIndex(line, { align: "auto" });
  }, [selected, lines, virtual]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other heights are another list to measure
  useEffect(() => virtual.measure(), [rowHeight, lines, virtual]);
  const shown = virtual.getVirtualItems();
  const before = shown[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  const span = columns.length + 1;
  const allMarked = selection.ids.size > 0 && selection.ids.size === orders.length;
  return (
    <table
      className="w-full table-fixed border-separate border-spacing-0 text-sm"
      style={props.columns ? { minWidth: MARK_WIDTH + widthOf(names) } : undefined}
      aria-label={t("tableName")}
      aria-rowcount={props.total + 1}
    >
      <thead className="sticky top-0 z-10 bg-surface">
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id} aria-rowindex={1}>
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
            {group.headers.map((header) => (
              <HeaderCell
                key={header.id}
                id={header.column.id as InboxColumn}
                chosen={props.columns !== null}
                sort={filters.sort}
                onSort={grouping === "none" ? props.onSort : null}
              >
                <table.FlexRender header={header} />
              </HeaderCell>
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        {before > 0 && <Spacer height={before} />}
        {shown.map(({ index }) => {
          const line = lines[index]!;
          if (!("order" in line))
            return (
              <tr key={`heading ${line.first.id}`} style={{ height: HEADING_HEIGHT }}>
                <th scope="rowgroup" colSpan={span} className="border-b bg-sunken px-4 text-left font-normal sm:px-5">
                  <GroupHeading
                    by={grouping}
                    first={line.first}
                    count={grouping === "none" ? undefined : props.counts.get(groupKeyOf(line.first, grouping))}
                  />
                </th>
              </tr>
            );
          const row = rows[line.place]!;
          const here = line.place === selected;
          return (
            <tr
              key={row.id}
              aria-rowindex={line.place + 2}
              aria-selected={here}
              onPointerDown={() => props.onSelect(line.place)}
              onClick={(event) => isPlainClick(event) && router.push(orderPath(row.id, filters))}
              style={{ height: rowHeight }}
              className={classNames(
                "cursor-pointer",
                here ? "bg-selected shadow-[inset_3px_0_0_var(--accent)]" : "hover:bg-hover",
                selection.ids.has(row.id) && !here && "bg-hover",
              )}
            >
              <td className="border-b">
                <label className="grid h-full cursor-pointer place-items-center">
                  <span className="sr-only">{t("markOrder", { number: line.order.number })}</span>
                  <input
                    type="checkbox"
                    checked={selection.ids.has(row.id)}
                    onChange={(event) =>
                      selection.toggle(row.id, { range: (event.nativeEvent as unknown as PointerEvent).shiftKey })
                    }
                    className="size-4 accent-(--accent)"
                  />
                </label>
              </td>
              {row.getAllCells().map((cell) => (
                <td
                  key={cell.id}
                  className={classNames(
                    "truncate border-b px-2 last:pr-4 sm:last:pr-5",
                    looksOf(cell.column.id, props.columns !== null),
                  )}
                >
                  {cell.column.id === "case" ? (
                    <Link href={orderPath(row.id, filters)} prefetch={false} className="rounded-xs hover:underline">
                      <table.FlexRender cell={cell} />
                    </Link>
                  ) : (
                    <table.FlexRender cell={cell} />
                  )}
                </td>
              ))}
            </tr>
          );
        })}
        {after > 0 && <Spacer height={after} />}
      </tbody>
    </table>
  );
}

function widthOf(names: readonly InboxColumn[]): number {
  return names.reduce((sum, name) => sum + COLUMN_LOOKS[name].width, 0);
}

/** Columns that somebody chose are always shown: the list is scrolled sideways where they do not fit. */
export function looksOf(column: string, chosen: boolean): string {
  const { usual, align } = COLUMN_LOOKS[column as InboxColumn];
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
        "h-9 truncate border-b px-2 text-left font-medium text-muted text-xs last:pr-4 sm:last:pr-5",
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
