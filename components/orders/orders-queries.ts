import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { fetchApi } from "#components/api/fetch-api.ts";
import { sendFile } from "#components/api/send-file.ts";
import type { OrderDetailView, OrderEventView, OrderPage } from "#lib/orders/order-schema.ts";
import { isGroupSort } from "#lib/orders/order-values.ts";
import type { ScanView } from "#lib/scans/scan-schema.ts";
import type { UploadView } from "#lib/scans/upload-view.ts";
import type { SavedViewItem } from "#lib/views/saved-view-schema.ts";
import type { ViewName } from "#lib/views/view-names.ts";
import { listParams, type OrderFilters } from "./order-filters.ts";

/** Rows fetched at once; the list asks for more as it is scrolled. */
const PAGE_SIZE = 50;

export const orderKeys = {
  lists: ["orders", "list"] as const,
  list: (query: string) => ["orders", "list", query] as const,
  views: ["orders", "views"] as const,
  found: ["orders", "found"] as const,
  ones: ["orders", "one"] as const,
  one: (id: string) => ["orders", "one", id] as const,
  events: (id: string) => ["orders", "one", id, "events"] as const,
  uploads: (id: string) => ["orders", "one", id, "uploads"] as const,
  scans: (id: string) => ["orders", "one", id, "scans"] as const,
};

/** The query of `GET /api/orders` for the first page of a list. */
export function firstPageQuery(filters: OrderFilters): URLSearchParams {
  const params = listParams(filters);
  params.set("limit", String(PAGE_SIZE));
  if (isGroupSort(filters.sort)) params.set("groups", "true");
  return params;
}

export const orderListQuery = (filters: OrderFilters) =>
  infiniteQueryOptions({
    queryKey: orderKeys.list(listParams(filters).toString()),
    queryFn: ({ pageParam, signal }) => {
      const params = firstPageQuery(filters);
      if (pageParam) params.set("cursor", pageParam);
      return fetchApi<OrderPage>(`/api/orders?${params}`, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (previous) => previous,
  });

export type ViewList = { items: { name: ViewName; count: number }[]; saved: SavedViewItem[] };

/** How many orders each view has now. */
export const viewsQuery = () =>
  queryOptions({
    queryKey: orderKeys.views,
    queryFn: ({ signal }) => fetchApi<ViewList>("/api/views", { signal }),
  });

export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: orderKeys.one(id),
    queryFn: ({ signal }) => fetchApi<OrderDetailView>(`/api/orders/${id}`, { signal }),
  });

export const orderEventsQuery = (id: string) =>
  queryOptions({
    queryKey: orderKeys.events(id),
    queryFn: ({ signal }) => fetchApi<{ items: OrderEventView[] }>(`/api/orders/${id}/events`, { signal }),
  });

export const orderScansQuery = (id: string) =>
  queryOptions({
    queryKey: orderKeys.scans(id),
    queryFn: ({ signal }) => fetchApi<{ items: ScanView[] }>(`/api/orders/${id}/scans`, { signal }),
  });

/** Clinics that orders came from, for the filter. */
export const clinicsQuery = () =>
  queryOptions({
    queryKey: ["clinics"],
    queryFn: ({ signal }) =>
      fetchApi<{ items: { id: string; name: string; vendor: string }[] }>("/api/orders/clinics", { signal }),
    staleTime: 300_000,
  });

/** Files on their way to the vendor. */
export const orderUploadsQuery = (id: string) =>
  queryOptions({
    queryKey: orderKeys.uploads(id),
    queryFn: ({ signal }) => fetchApi<{ items: UploadView[] }>(`/api/orders/${id}/attachments`, { signal }),
  });

/** @param onProgress the share that has left this computer, 0 to 1 */
export function attachFile(orderId: string, file: File, onProgress: (share: number) => void) {
  const form = new FormData();
  form.set("file", file);
  return sendFile<{ upload: UploadView }>(`/api/orders/${orderId}/attachments`, form, onProgress);
}

export function removeFile(orderId: string, fileId: string) {
  return fetchApi<unknown>(`/api/orders/${orderId}/attachments/${fileId}`, { method: "DELETE" });
}

export function retryScan(scanId: string) {
  return fetchApi<unknown>(`/api/scans/${scanId}/retry`, { method: "POST" });
}
