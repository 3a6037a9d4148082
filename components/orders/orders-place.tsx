"use client";
import { Suspense, useEffect } from "react";
import { useTranslations } from "use-intl";
import { useOrderPage } from "./open-order.ts";
import { OrderInbox } from "./order-inbox.tsx";
import { useShownOrder } from "./shown-order.ts";

/** The inbox, or the order that was opened from it: the address says which. */
export function OrdersPlace() {
  const orderId = useShownOrder(null);
  const OrderPage = useOrderPage(orderId !== null);
  useOrderTitle(orderId !== null);
  if (!orderId) return <OrderInbox />;
  return (
    OrderPage && (
      <Suspense>
        <OrderPage orderId={orderId} />
      </Suspense>
    )
  );
}

/** The title that the server would give: only the address has changed, so nobody else does. */
function useOrderTitle(isOrder: boolean): void {
  const t = useTranslations("orders");
  const [list, order] = [t("title"), t("prescription")];
  useEffect(() => {
    document.title = isOrder ? document.title.replace(list, order) : document.title.replace(order, list);
  }, [isOrder, list, order]);
}
