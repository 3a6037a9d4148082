"use client";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useFetchMore } from "#components/api/use-fetch-more.ts";
import { FETCHED_AHEAD, fetchAhead } from "#components/orders/fetch-ahead.ts";
import type { OrderFilters } from "#components/orders/order-filters.ts";
import { orderListQuery } from "#components/orders/orders-queries.ts";
import type { OrderView } from "#lib/orders/order-schema.ts";

/** The next page of the list is asked for when this many cases are left. */
const REFILL_AT = 10;

/**
 * The cases of a list one after the other. A case keeps its place after it was decided and has left the list; what arrives meanwhile
 * comes at the end. The next ones are here before they are asked for.
 */
export function useDeck(filters: OrderFilters) {
  const queryClient = useQueryClient();
  const list = useInfiniteQuery(orderListQuery(filters));
  const [deck, setDeck] = useState<readonly OrderView[]>([]);
  const [at, setAt] = useState(0);
  const known = new Set(deck.map(({ id }) => id));
  const listed = list.data?.pages.flatMap((page) => page.items) ?? [];
  const fresh = listed.filter(({ id, actions }) => !known.has(id) && actions.length > 0);
  if (fresh.length > 0) setDeck([...deck, ...fresh]);
  useFetchMore(list, deck.length - at < REFILL_AT);
  const ahead = deck
    .slice(at, at + 1 + FETCHED_AHEAD)
    .map(({ id }) => id)
    .join();
  useEffect(() => {
    if (!ahead) return;
    const leave = new AbortController();
    void fetchAhead(queryClient, ahead.split(","), leave.signal);
    return () => leave.abort();
  }, [ahead, queryClient]);
  return {
    deck,
    at,
    /** Undefined behind the last case. */
    current: deck[at],
    isLoading: list.isPending,
    error: list.error,
    retry: () => void list.refetch(),
    /** Back to a case that was seen; nothing for one that was not. */
    goTo: (orderId: string) => {
      const place = deck.findIndex(({ id }) => id === orderId);
      if (place >= 0) setAt(place);
    },
    step: (by: 1 | -1) => setAt((place) => Math.min(Math.max(place + by, 0), deck.length)),
  };
}
