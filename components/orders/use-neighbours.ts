"use client";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { fetchMore } from "#components/api/fetch-more.ts";
import { useFetchMore } from "#components/api/use-fetch-more.ts";
import { useAwaitsPicture } from "#components/scan-viewer/first-picture.ts";
import { FETCHED_AHEAD, fetchAhead } from "./fetch-ahead.ts";
import { orderPath } from "./order-path.ts";
import { orderListQuery, orderScansQuery } from "./orders-queries.ts";
import { showOrder } from "./shown-order.ts";
import { useOrderFilters } from "./use-order-filters.ts";
import { useOwedStep } from "./use-owed-step.ts";

/**
 * Steps to the next and the previous order of the list, and has the next ones fetched ahead once the open one is here. An order
 * that has just left the list, because it was decided, keeps its place: the next one is the one that moved up into it. A step to an
 * order that the list has not brought yet is made when it comes.
 */
export function useNeighbours(orderId: string): (by: 1 | -1) => void {
  const queryClient = useQueryClient();
  const [filters] = useOrderFilters();
  const list = useInfiniteQuery(orderListQuery(filters));
  const { data, isPending, hasNextPage } = list;
  const awaitsPicture = useAwaitsPicture(orderId);
  const isHere = useQuery(orderScansQuery(orderId)).isFetched && !awaitsPicture;
  const lastPlace = useRef(-1);
  const ids = data?.pages.flatMap((page) => page.items.map((order) => order.id)) ?? [];
  const at = ids.indexOf(orderId);
  const ahead = at >= 0 && isHere ? ids.slice(at + 1, at + 1 + FETCHED_AHEAD).join() : "";
  useFetchMore(list, at >= 0 && isHere && at + FETCHED_AHEAD >= ids.length);
  useEffect(() => {
    if (at >= 0) lastPlace.current = at;
  }, [at]);
  useEffect(() => {
    if (!ahead) return;
    const leave = new AbortController();
    void fetchAhead(queryClient, ahead.split(","), leave.signal);
    return () => leave.abort();
  }, [ahead, queryClient]);

  /** @returns false: the list has not brought that order yet */
  const step = (by: 1 | -1): boolean => {
    const place = at >= 0 ? at + by : lastPlace.current + (by === 1 ? 0 : -1);
    const isPlaced = at >= 0 || lastPlace.current >= 0;
    const id = isPlaced ? ids[place] : undefined;
    if (id) showOrder(orderPath(id, filters));
    if (id || !isPlaced || place < 0 || !hasNextPage) return !isPending;
    void fetchMore(list);
    return false;
  };
  return useOwedStep(orderId, data, step);
}
