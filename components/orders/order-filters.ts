import { ORDER_STATUSES, type OrderStatus, SORTS } from "#lib/orders/order-values.ts";
import { VIEWS, type ViewName } from "#lib/views/view-names.ts";

/** What the inbox shows: the address bar holds exactly this, so that a view can be linked and walked back. */
export type OrderFilters = {
  view: ViewName | null;
  /** The saved view that was chosen; the other fields are what it holds, or what they were changed to since. */
  saved: string | null;
  status: OrderStatus[];
  vendor: string[];
  connection: string[];
  clinic: string[];
  completeness: string[];
  infoRequest: string[];
  assignee: string[];
  tag: string[];
  dueAfter: string | null;
  dueBefore: string | null;
  q: string;
  sort: (typeof SORTS)[number];
};

export const DEFAULT_SORT = "-receivedAt" satisfies OrderFilters["sort"];
const LISTS = ["vendor", "connection", "clinic", "completeness", "infoRequest", "assignee", "tag"] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What a page is given as its search parameters, in the form that browsers know. */
export function toSearchParams(given: Record<string, string | string[] | undefined>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(given).flatMap(([name, value]) =>
      [value ?? []].flat().map((one) => [name, one] as [string, string]),
    ),
  );
}

/** Reads the address; what is not understood is left out, never an error. */
export function readFilters(params: URLSearchParams): OrderFilters {
  const list = (name: string) => [
    ...new Set(
      params
        .getAll(name)
        .flatMap((v) => v.split(","))
        .filter(Boolean),
    ),
  ];
  const day = (name: string) => (DAY.test(params.get(name) ?? "") ? params.get(name) : null);
  return {
    view: VIEWS.find((view) => view === params.get("view")) ?? null,
    saved: params.get("saved"),
    status: list("status").filter((s): s is OrderStatus => ORDER_STATUSES.includes(s as OrderStatus)),
    vendor: list("vendor"),
    connection: list("connection"),
    clinic: list("clinic"),
    completeness: list("completeness"),
    infoRequest: list("infoRequest"),
    assignee: list("assignee"),
    tag: list("tag"),
    dueAfter: day("dueAfter"),
    dueBefore: day("dueBefore"),
    q: params.get("q")?.slice(0, 200) ?? "",
    sort: SORTS.find((sort) => sort === params.get("sort")) ?? DEFAULT_SORT,
  };
}

/** The inbox as it opens: everything, newest first. */
export const NO_FILTERS: OrderFilters = readFilters(new URLSearchParams());

/** The same as a query string, in a fixed order and without what is default. */
export function writeFilters(filters: OrderFilters): URLSearchParams {
  const params = listParams(filters);
  if (filters.saved) params.set("saved", filters.saved);
  return params;
}

/** What `GET /api/orders` is asked: it knows no saved views. */
export function listParams(filters: OrderFilters): URLSearchParams {
  const params = new URLSearchParams();
  if (filters.view) params.set("view", filters.view);
  if (filters.q.trim()) params.set("q", filters.q.trim());
  if (filters.status.length > 0) params.set("status", filters.status.join(","));
  for (const name of LISTS) if (filters[name].length > 0) params.set(name, filters[name].join(","));
  if (filters.dueAfter) params.set("dueAfter", filters.dueAfter);
  if (filters.dueBefore) params.set("dueBefore", filters.dueBefore);
  if (filters.sort !== DEFAULT_SORT) params.set("sort", filters.sort);
  return params;
}

/** Groups stand together: a grouped list is sorted by what it is grouped by. */
export function sortedForGroups(filters: OrderFilters, grouping: "none" | "due" | "clinic"): OrderFilters {
  if (grouping === "clinic") return { ...filters, sort: "clinic" };
  if (grouping === "due" && filters.sort !== "-dueOn") return { ...filters, sort: "dueOn" };
  return filters;
}

/** How many filters narrow the list; sorting is none. */
export function countFilters(filters: OrderFilters): number {
  return [
    filters.view !== null,
    filters.q.trim() !== "",
    filters.status.length > 0,
    ...LISTS.map((name) => filters[name].length > 0),
    Boolean(filters.dueAfter || filters.dueBefore),
  ].filter(Boolean).length;
}

/** The next sort when a column's header is pressed: descending first for dates, then ascending. */
export function toggleSort(
  current: OrderFilters["sort"],
  column: "receivedAt" | "dueOn" | "vendorUpdatedAt" | "number" | "clinic",
): OrderFilters["sort"] {
  if (column === "clinic") return current === column ? DEFAULT_SORT : column;
  const first = column === "dueOn" || column === "number" ? column : (`-${column}` as const);
  const second = first === column ? (`-${column}` as const) : column;
  return current === first ? second : first;
}
