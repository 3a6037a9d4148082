import type { QueryClient } from "@tanstack/react-query";
import { prefetchPreview } from "#components/scan-viewer/fetch-preview.ts";
import { drawnScans, INITIAL_STATE } from "#components/scan-viewer/viewer-state.ts";
import { firstPictureUrls } from "#components/scan-viewer/wish-for.ts";
import { orderQuery, orderScansQuery } from "./orders-queries.ts";

/** Orders after the open one that are brought here before anybody asks. */
export const FETCHED_AHEAD = 3;

/**
 * Brings orders here with their scans and first pictures, one after the other, the nearest first. What fails is asked for again
 * by whoever opens it.
 */
export async function fetchAhead(queryClient: QueryClient, ids: readonly string[], signal: AbortSignal): Promise<void> {
  for (const id of ids) {
    if (signal.aborted) return;
    await Promise.all([queryClient.prefetchQuery(orderQuery(id)), queryClient.prefetchQuery(orderScansQuery(id))]);
    const scans = queryClient.getQueryData(orderScansQuery(id).queryKey)?.items ?? [];
    for (const url of firstPictureUrls(id, drawnScans(scans, INITIAL_STATE)))
      if (!signal.aborted) await prefetchPreview(url, signal);
  }
}
