import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { appointmentQuery } from "#components/appointments/appointments-queries.ts";
import { OrderDetail } from "#components/orders/order-detail.tsx";
import { orderKeys } from "#components/orders/orders-queries.ts";
import { requireMember } from "#lib/access/require-member.ts";
import { readAppointment } from "#lib/appointments/read-appointment.ts";
import { AppError } from "#lib/errors.ts";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";
import { getOrder } from "#lib/orders/get-order.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The title names no patient and no number: browsers keep it in their history. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: translatorFor(await requestLocale())("orders.prescription") };
}

/** The order is in the page, and one that is not this organisation's is a 404 before anything is sent. */
export default async function OrderPage({ params }: PageProps<"/orders/[id]">) {
  const { id } = await params;
  if (!UUID.test(id)) notFound();
  const principal = await requireMember(`/orders/${id}`);
  const queryClient = new QueryClient();
  const order = await getOrder(principal, id).catch(orNotFound);
  queryClient.setQueryData(orderKeys.one(id), order);
  if (order.side === "clinic")
    await queryClient.prefetchQuery({ ...appointmentQuery(id), queryFn: () => readAppointment(principal, id) });
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <Suspense>
        <OrderDetail orderId={id} />
      </Suspense>
    </HydrationBoundary>
  );
}

function orNotFound(error: unknown): never {
  if (error instanceof AppError && error.code === "not_found") notFound();
  throw error;
}
