"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useMemo } from "react";
import { type OrderFilters, readFilters, writeFilters } from "./order-filters.ts";

/**
 * The inbox's filters, read from and written to the address. Next keeps `useSearchParams` in step with the history API, so
 * that a filter answers at once and the server is not asked for the page again.
 */
export function useOrderFilters(): [OrderFilters, (change: Partial<OrderFilters>) => void] {
  const params = useSearchParams();
  const path = usePathname();
  const query = params.toString();
  // The same filters stay the same object from order to order: what depends on them alone is not drawn again.
  const filters = useMemo(() => readFilters(new URLSearchParams(query)), [query]);
  function change(next: Partial<OrderFilters>) {
    const wanted = writeFilters({ ...filters, ...next }).toString();
    const address = wanted ? `${path}?${wanted}` : path;
    // Typing replaces, choosing adds a step to walk back.
    if ("q" in next) window.history.replaceState(null, "", address);
    else window.history.pushState(null, "", address);
  }
  return [filters, change];
}
