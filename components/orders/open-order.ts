import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { type ComponentType, useCallback, useEffect, useState } from "react";
import { beginPictures } from "#components/scan-viewer/decode-worker.ts";
import { awaitPicture } from "#components/scan-viewer/first-picture.ts";
import { loadedViewer } from "#components/scan-viewer/loaded-viewer.ts";
import type { OrderView } from "#lib/orders/order-schema.ts";
import { orderQuery, orderScansQuery } from "./orders-queries.ts";

type OrderPage = ComponentType<{ orderId: string }>;

/** The page of an order, once its code is here. */
let page: OrderPage | null = null;

export async function loadOrderPage(): Promise<void> {
  page = (await import("./order-detail.tsx")).OrderDetail;
}

/** The page of an order as soon as its code is here; it is brought when it is wanted. */
export function useOrderPage(wanted: boolean): OrderPage | null {
  const [loaded, setLoaded] = useState(page !== null);
  useEffect(() => {
    if (wanted && !loaded) void loadOrderPage().then(() => setLoaded(true));
  }, [wanted, loaded]);
  return wanted ? page : null;
}

/**
 * Opens an order from a list. Where the code of its page is here, only the address changes and everything is asked for at once, the
 * scans first; else the server is asked for the page.
 */
export function useOpenOrder(): (order: OrderView, path: Route) => void {
  const queryClient = useQueryClient();
  const router = useRouter();
  return useCallback(
    (order, path) => {
      if (!page) return router.push(path);
      const { id } = order;
      if (hasPictures(order)) awaitPicture(id);
      // The words are asked for when the scans are here: both at once would make the picture wait for them.
      void askForScans(queryClient, order).then(() => queryClient.prefetchQuery(orderQuery(id)));
      window.history.pushState(null, "", path);
    },
    [queryClient, router],
  );
}

/** Keys that run through the list ask for nothing: an order is chosen for this long before its scans are asked for, ms. */
const CHOSEN_MS = 100;

/** Asks for the scans of the order that is chosen in a list, so that they are here when it is opened. */
export function useScansAhead(chosen: OrderView | undefined): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    if (!chosen || !hasPictures(chosen)) return;
    const timer = setTimeout(() => void askForScans(queryClient, chosen), CHOSEN_MS);
    return () => clearTimeout(timer);
  }, [queryClient, chosen]);
}

/** There is something to draw, and the code that draws it is here. */
function hasPictures({ scans }: OrderView): boolean {
  return scans.ready > 0 && loadedViewer() !== null;
}

/** The list of an order's scans and, unless it was here already, their first pictures beside it. */
function askForScans(queryClient: QueryClient, order: OrderView): Promise<void> {
  const query = orderScansQuery(order.id);
  if (hasPictures(order) && !queryClient.getQueryData(query.queryKey)) beginPictures(order.id);
  return queryClient.prefetchQuery(query);
}
