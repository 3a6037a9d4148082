import { useQueryClient } from "@tanstack/react-query";
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
      const { id, scans } = order;
      if (scans.ready > 0 && loadedViewer()) {
        if (!queryClient.getQueryData(orderScansQuery(id).queryKey)) beginPictures(id);
        awaitPicture(id);
      }
      // The words are asked for when the scans are here: both at once would make the picture wait for them.
      void queryClient.prefetchQuery(orderScansQuery(id)).then(() => queryClient.prefetchQuery(orderQuery(id)));
      window.history.pushState(null, "", path);
    },
    [queryClient, router],
  );
}
