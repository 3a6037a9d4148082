import { queryOptions } from "@tanstack/react-query";
import { fetchApi } from "#components/api/fetch-api.ts";
import type { ChangeOrderBody, OrderDetailView, TagView } from "#lib/orders/order-schema.ts";

export const noteKeys = { tags: ["tags"] as const, colleagues: ["colleagues"] as const };

/** The organisation's own tags, by name. */
export const tagsQuery = () =>
  queryOptions({
    queryKey: noteKeys.tags,
    queryFn: ({ signal }) => fetchApi<{ items: TagView[] }>("/api/tags", { signal }),
  });

/** Who an order can be assigned to. */
export const colleaguesQuery = () =>
  queryOptions({
    queryKey: noteKeys.colleagues,
    queryFn: ({ signal }) =>
      fetchApi<{ items: { userId: string; name: string; you: boolean }[] }>("/api/members", { signal }),
    staleTime: 300_000,
  });

/** Notes something of an order for the organisation itself. @throws {Problem} */
export function changeOrder(orderId: string, change: ChangeOrderBody) {
  return fetchApi<OrderDetailView>(`/api/orders/${orderId}`, { method: "PATCH", body: change });
}
