"use client";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { orderPath } from "./order-path.ts";
import { orderListQuery, orderQuery } from "./orders-queries.ts";
import { useOrderFilters } from "./use-order-filters.ts";

/**
 * Steps to the next and the previous order of the list, and has the next one's content fetched ahead. An order that has just
 * left the list, because it was decided, keeps its place: the next one is the one that moved up into it.
 */
export function useNeighbours(orderId: string): (by: 1 | -1) => void {
  const router = useRouter();
  const queryClient = useQueryClient();
  const [filters] = useOrderFilters();
  const { data } = useInfiniteQuery(orderListQuery(filters));
  const lastPlace = useRef(-1);
  const ids = data?.pages.flatMap((page) => page.items.map((order) => order.id)) ?? [];
  const at = ids.indexOf(orderId);
  const nextId = at >= 0 ? ids[at + 1] : undefined;
  useEffect(() => {
    if (at >= 0) lastPlace.current = at;
  }, [at]);
  useEffect(() => {
    if (nextId) void queryClient.prefetchQuery(orderQuery(nextId));
  }, [nextId, queryClient]);
  return (by) => {
    const place = at >= 0 ? at + by : lastPlace.current + (by === 1 ? 0 : -1);
    const id = lastPlace.current >= 0 ? ids[place] : undefined;
    if (id) router.push(orderPath(id, filters));
  };
}
