"use client";
import { useQuery } from "@tanstack/react-query";
import { connectionsQuery } from "#components/connections/connections-queries.ts";
import { useMay } from "#components/portal/member-context.tsx";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";

/** Whether this member may add files to the case and take them away, through an account that can. */
export function useAttachable(order: Pick<OrderDetailView, "connectionId">): boolean {
  const mayDecide = useMay("decide");
  const connection = useQuery(connectionsQuery()).data?.items.find(({ id }) => id === order.connectionId);
  return mayDecide && connection?.state === "connected" && connection.capabilities.includes("attachments");
}
