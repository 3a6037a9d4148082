"use client";
import type { Route } from "next";
import { usePathname } from "next/navigation";

const ORDER_PATH = /^\/orders\/([^/]+)$/;

/**
 * The order that the address names. Stepping from order to order changes only the address, so that the server is not asked for
 * a page whose content is here already.
 * @param rendered the order the server rendered this page for; null: a list
 */
export function useShownOrder<T extends string | null>(rendered: T): string | T {
  return ORDER_PATH.exec(usePathname())?.[1] ?? rendered;
}

/** Shows another order on the page of an order. */
export function showOrder(path: Route): void {
  window.history.pushState(null, "", path);
}
