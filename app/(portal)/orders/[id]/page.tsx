import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { OrderDetail } from "#components/orders/order-detail.tsx";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The title names no patient and no number: browsers keep it in their history. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: translatorFor(await requestLocale())("orders.prescription") };
}

export default async function OrderPage({ params }: PageProps<"/orders/[id]">) {
  const { id } = await params;
  if (!UUID.test(id)) notFound();
  return (
    <Suspense>
      <OrderDetail orderId={id} />
    </Suspense>
  );
}
