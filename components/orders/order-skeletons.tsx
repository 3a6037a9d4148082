import { Skeleton } from "#components/ui/skeleton.tsx";
import { COLUMN_LOOKS } from "./order-columns.tsx";
import { ROW_HEIGHT } from "./order-table.tsx";

const ROWS = Array.from({ length: 14 }, (_, i) => i);
const WIDTHS = ["w-24", "w-5", "w-10", "w-16", "w-32", "w-28", "w-48", "w-8", "w-4", "w-8", "w-14", "w-20", "w-12"];

/** The table before its rows are here, in its final size. */
export function TableSkeleton() {
  return (
    <table aria-hidden className="w-full table-fixed border-separate border-spacing-0">
      <tbody>
        {[-1, ...ROWS].map((row) => (
          <tr key={row} style={{ height: row < 0 ? 36 : ROW_HEIGHT }}>
            {Object.keys(COLUMN_LOOKS).map((column, i) => (
              <td key={column} className={`border-b px-2 first:pl-5 last:pr-5 ${COLUMN_LOOKS[column]}`}>
                <Skeleton className={`h-3.5 max-w-full ${WIDTHS[i]}`} />
              </td>
            ))}
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
