import type { InfiniteQueryObserverResult } from "@tanstack/react-query";

type List = Pick<InfiniteQueryObserverResult, "isFetching" | "isFetchingNextPage" | "refetch" | "fetchNextPage">;

/**
 * Brings the next page of a list. A refetch that is under way ends first: TanStack Query would cancel it for the page, and count what
 * had changed in the list as fetched.
 */
export async function fetchMore(list: List): Promise<void> {
  if (list.isFetchingNextPage) return;
  if (list.isFetching) await list.refetch({ cancelRefetch: false });
  await list.fetchNextPage({ cancelRefetch: false });
}
