import type { InfiniteQueryObserverResult } from "@tanstack/react-query";
import { useEffect } from "react";

type List = Pick<InfiniteQueryObserverResult, "hasNextPage" | "isFetching" | "isFetchNextPageError" | "fetchNextPage">;

/** Brings page after page of a list while it runs low. A page that could not be brought is left to whoever asks for it. */
export function useFetchMore(list: List, runsLow: boolean): void {
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = list;
  // A refetch ends first (fetch-more.ts).
  const isDue = runsLow && hasNextPage && !isFetching && !isFetchNextPageError;
  useEffect(() => {
    if (isDue) void fetchNextPage({ cancelRefetch: false });
  }, [isDue, fetchNextPage]);
}
