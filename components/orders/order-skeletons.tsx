"use client";
import { usePreferences } from "#components/portal/preferences-context.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { COLUMN_LOOKS, GREEDY_COLUMN, USUAL_COLUMNS } from "./order-columns.tsx";
import { EDGE_WIDTH, looksOf, ROW_HEIGHTS } from "./order-table.tsx";

const ROWS = Array.from({ length: 14 }, (_, i) => i);

/** The table before its rows are here, in its final size. */
export function TableSkeleton() {
  const { columns, density } = usePreferences().preferences;
  return (
    <table aria-hidden className="w-full table-fixed border-separate border-spacing-0">
      <tbody>
        {[-1, ...ROWS].map((row) => (
          <tr key={row} style={{ height: row < 0 ? 36 : ROW_HEIGHTS[density] }}>
            <td className="w-10 border-b" />
            {(columns ?? USUAL_COLUMNS).map((column) => (
              <td
                key={column}
                style={column === GREEDY_COLUMN ? undefined : { width: COLUMN_LOOKS[column].width }}
                className={`border-b px-2 ${looksOf(column, columns !== null)}`}
              >
                <Skeleton className="h-3.5 w-3/4" />
              </td>
            ))}
            <td style={{ width: EDGE_WIDTH }} className="border-b p-0" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function CardsSkeleton() {
  return (
    <div aria-hidden>
      {ROWS.slice(0, 5).map((row) => (
        <div key={row} className="border-b bg-surface px-4 py-3">
          <Skeleton className="h-6 w-24" />
          <Skeleton className="mt-2.5 h-4 w-40" />
          <Skeleton className="mt-2 h-3.5 w-52" />
          <Skeleton className="mt-2 h-3.5 w-64" />
          <Skeleton className="mt-3 h-4 w-44" />
        </div>
      ))}
    </div>
  );
}
