import type { Route } from "next";
import { type OrderFilters, writeFilters } from "./order-filters.ts";

/** The page of an order; the filters of the list it was opened from go along, so that next and back know their way. */
export function orderPath(id: string, filters: OrderFilters): Route {
  return withFilters(`/orders/${id}`, filters);
}

export function inboxPath(filters: OrderFilters): Route {
  return withFilters("/orders", filters);
}

/** The deck of a list: of what is still to be decided, where nothing else was chosen. */
export function triagePath(filters: OrderFilters): Route {
  const isAnything = !filters.view && filters.status.length === 0;
  return withFilters("/triage", isAnything ? { ...filters, status: ["pending"] } : filters);
}

function withFilters(path: string, filters: OrderFilters): Route {
  const query = writeFilters(filters).toString();
  return (query ? `${path}?${query}` : path) as Route;
}
