"use client";
import { type InfiniteData, type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import type { DecisionView, OrderDetailView, OrderPage } from "#lib/orders/order-schema.ts";
import { decisionKeys, requestDecision } from "./decisions-queries.ts";
import { orderKeys } from "./orders-queries.ts";

/** Asks for a decision and shows at once that it is on its way; the true state follows from the server. */
export function useDecide() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: requestDecision,
    onSuccess: ({ decision }) => {
      queryClient.setQueryData(decisionKeys.one(decision.id), decision);
      showDecision(queryClient, decision);
    },
    // Also after a refusal: what is on screen was not true any more.
    onSettled: (_answer, _error, { orderId }) =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: orderKeys.one(orderId) }),
        queryClient.invalidateQueries({ queryKey: orderKeys.lists }),
      ]),
  });
}

function showDecision(queryClient: QueryClient, decision: DecisionView): void {
  const onIts = { decision, actions: [] };
  queryClient.setQueryData<OrderDetailView>(
    orderKeys.one(decision.orderId),
    (order) => order && { ...order, ...onIts },
  );
  queryClient.setQueriesData<InfiniteData<OrderPage>>(
    { queryKey: orderKeys.lists },
    (list) =>
      list && {
        ...list,
        pages: list.pages.map((page) => ({
          ...page,
          items: page.items.map((order) => (order.id === decision.orderId ? { ...order, ...onIts } : order)),
        })),
      },
  );
}
