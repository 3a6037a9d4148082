"use client";
import { Suspense, useEffect } from "react";
import { useTranslations } from "use-intl";
import { pageTitle } from "#components/portal/page-title.ts";
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
  const t = useTranslations();
  const title = pageTitle(t(isOrder ? "orders.prescription" : "orders.title"), t("app.name"));
  useEffect(() => {
    document.title = title;
  }, [title]);
}
