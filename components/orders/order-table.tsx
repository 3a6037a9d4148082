"use client";
import { useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type MouseEvent, type RefObject, useEffect } from "react";
import { useTranslations } from "use-intl";
import { classNames } from "#components/ui/class-names.ts";
import type { OrderView } from "#lib/orders/order-schema.ts";
import { COLUMN_LOOKS, orderColumns, orderTableFeatures, SORTABLE } from "./order-columns.tsx";
import { type OrderFilters, toggleSort } from "./order-filters.ts";
import { orderPath } from "./order-path.ts";

/** px; the skeleton has the same. */
export const ROW_HEIGHT = 40;

type Props = {
  orders: OrderView[];
  total: number;
  filters: OrderFilters;
  onSort: (sort: OrderFilters["sort"]) => void;
  /** Index of the row the keyboard stands on. */
  selected: number;
  onSelect: (index: number) => void;
  scroller: RefObject<HTMLDivElement | null>;
};

/** A click on the row itself, not on a link in it, and not the end of marking text to copy. */
function isPlainClick(event: MouseEvent<HTMLElement>): boolean {
  const onLink = (event.target as HTMLElement).closest("a,button") !== null;
  return !onLink && window.getSelection()?.isCollapsed !== false;
}

/** The inbox as a table: only the rows in sight are in the page, however long the list grows. */
export function OrderTable({ orders, total, filters, onSort, selected, onSelect, scroller }: Props) {
  const t = useTranslations("orders");
  const router = useRouter();
  const table = useTable({
    features: orderTableFeatures,
    columns: orderColumns,
    data: orders,
    getRowId: (order) => order.id,
  });
  const rows = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    scrollPaddingStart: 40,
    initialRect: { width: 1200, height: 900 }, // the server's guess, so that the first page is in its HTML
  });
  useEffect(() => {
    if (selected >= 0) virtual.scrollToIndex(selected, { align: "auto" });
  }, [selected, virtual]);
  const shown = virtual.getVirtualItems();
  const before = shown[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <table
      className="w-full table-fixed border-separate border-spacing-0 text-sm"
      aria-label={t("tableName")}
      aria-rowcount={total + 1}
    >
      <thead className="sticky top-0 z-10 bg-surface">
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id} aria-rowindex={1}>
            {group.headers.map((header) => (
              <HeaderCell key={header.id} id={header.column.id} sort={filters.sort} onSort={onSort}>
                <table.FlexRender header={header} />
              </HeaderCell>
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        {before > 0 && <Spacer height={before} />}
        {shown.map(({ index }) => {
          const row = rows[index]!;
          return (
            <tr
              key={row.id}
              aria-rowindex={index + 2}
              aria-selected={index === selected}
              onPointerDown={() => onSelect(index)}
              onClick={(event) => isPlainClick(event) && router.push(orderPath(row.id, filters))}
              style={{ height: ROW_HEIGHT }}
              className={classNames(
                "cursor-pointer",
                index === selected ? "bg-selected shadow-[inset_3px_0_0_var(--accent)]" : "hover:bg-hover",
              )}
            >
              {row.getAllCells().map((cell) => (
                <td
                  key={cell.id}
                  className={classNames(
                    "truncate border-b px-2 first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5",
                    COLUMN_LOOKS[cell.column.id],
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

function HeaderCell(props: {
  id: string;
  sort: OrderFilters["sort"];
  onSort: Props["onSort"];
  children: React.ReactNode;
}) {
  const column = props.id in SORTABLE ? SORTABLE[props.id as keyof typeof SORTABLE] : null;
  const sorted =
    column && props.sort.replace("-", "") === column ? (props.sort.startsWith("-") ? "descending" : "ascending") : null;
  return (
    <th
      scope="col"
      aria-sort={sorted ?? (column ? "none" : undefined)}
      className={classNames(
        "h-9 truncate border-b px-2 text-left font-medium text-muted text-xs first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5",
        COLUMN_LOOKS[props.id],
      )}
    >
      {column ? (
        <button
          type="button"
          onClick={() => props.onSort(toggleSort(props.sort, column))}
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
