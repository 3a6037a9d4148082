import type { Metadata } from "next";
import { Suspense } from "react";
import { OrderInbox } from "#components/orders/order-inbox.tsx";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translatorFor(await requestLocale())("orders.title") };
}

export default function OrdersPage() {
  return (
    <Suspense>
      <OrderInbox />
    </Suspense>
  );
}
