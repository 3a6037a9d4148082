"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { BulkResult } from "#lib/bulk/bulk-schema.ts";
import type { OrderView } from "#lib/orders/order-schema.ts";
import { actOnMany, type BulkWork } from "./bulk-queries.ts";
import { trackLeaving } from "./leaving-decisions.ts";
import { noteKeys } from "./notes-queries.ts";
import { orderKeys } from "./orders-queries.ts";

/** One action on many orders on its way: results by order as they come; pressing again goes on with what has none. */
export function useBulkRun(orders: readonly OrderView[]) {
  const queryClient = useQueryClient();
  // One key for the life of this window.
  const [key] = useState(() => crypto.randomUUID());
  const [results, setResults] = useState<ReadonlyMap<string, BulkResult>>(new Map());
  const run = useMutation({
    mutationFn: async (works: { work: BulkWork; orderIds: readonly string[] }[]) => {
      for (const { work, orderIds } of works)
        await actOnMany(work, orderIds, `${key}-${work.action}`, (items) => {
          setResults((before) => merged(before, items));
          for (const { orderId, decision } of items) {
            const order = orders.find(({ id }) => id === orderId);
            if (order && decision) trackLeaving(decision, order.number, order.vendorName);
          }
        });
    },
    onSettled: () =>
      Promise.all(
        [orderKeys.lists, orderKeys.views, orderKeys.ones, noteKeys.tags].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  });
  return { results, run };
}

/** What was refused once stays told, whatever else succeeded for the same order. */
function merged(
  before: ReadonlyMap<string, BulkResult>,
  items: readonly BulkResult[],
): ReadonlyMap<string, BulkResult> {
  const next = new Map(before);
  for (const item of items) if (next.get(item.orderId)?.outcome !== "refused") next.set(item.orderId, item);
  return next;
}
