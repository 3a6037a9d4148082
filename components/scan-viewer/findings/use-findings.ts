import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { fetchApi } from "#components/api/fetch-api.ts";
import { orderKeys } from "#components/orders/orders-queries.ts";
import { useAwaitsPicture } from "#components/scan-viewer/first-picture.ts";
import type { ChangeFindingBody, CreateFindingBody, FindingItem } from "#lib/findings/finding-schema.ts";

/** The saved findings of an order (without one there are none) and what can be done with them. Below the order's own key: its news make them stale too. */
export function useFindings(orderId: string | null) {
  const queryClient = useQueryClient();
  const key = [...orderKeys.one(orderId ?? "none"), "findings"] as const;
  const path = `/api/orders/${orderId}/findings`;
  const awaitsPicture = useAwaitsPicture(orderId);
  const query = useQuery({
    queryKey: key,
    enabled: orderId !== null && !awaitsPicture,
    queryFn: ({ signal }) => fetchApi<{ items: FindingItem[] }>(path, { signal }),
  });
  const onSettled = () => queryClient.invalidateQueries({ queryKey: key });
  const save = useMutation({
    mutationFn: (body: CreateFindingBody) => fetchApi<FindingItem>(path, { method: "POST", body }),
    onSettled,
  });
  const change = useMutation({
    mutationFn: ({ id, ...body }: ChangeFindingBody & { id: string }) =>
      fetchApi<FindingItem>(`${path}/${id}`, { method: "PATCH", body }),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (id: string) => fetchApi<void>(`${path}/${id}`, { method: "DELETE" }),
    onSettled,
  });
  return { items: query.data?.items ?? NONE, save, change, remove };
}

export type Findings = ReturnType<typeof useFindings>;

const NONE: readonly FindingItem[] = [];
