import { useMutation, useQueryClient } from "@tanstack/react-query";
import { fetchApi } from "#components/api/fetch-api.ts";
import { useProblemSentence } from "#components/portal/problem-text.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { SavedViewItem } from "#lib/views/saved-view-schema.ts";
import { listParams, type OrderFilters, readFilters } from "./order-filters.ts";
import { orderKeys, type ViewList } from "./orders-queries.ts";

/** The inbox as a saved view holds it. */
export function filtersOfView(view: SavedViewItem): OrderFilters {
  const params = new URLSearchParams(
    Object.entries(view.filters).flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name, [value].flat().join(",")] as [string, string]],
    ),
  );
  return { ...readFilters(params), saved: view.id };
}

/** What is sent of the inbox to keep it. */
export function filtersToSave(filters: OrderFilters): Record<string, string> {
  return Object.fromEntries(listParams(filters));
}

export type ViewChange = {
  name?: string;
  shared?: boolean;
  filters?: Record<string, string>;
  columns?: string[] | null;
};

export const saveView = (body: ViewChange) => fetchApi<SavedViewItem>("/api/views", { method: "POST", body });
export const changeView = (id: string, body: ViewChange) =>
  fetchApi<SavedViewItem>(`/api/views/${id}`, { method: "PATCH", body });
export const removeView = (id: string) => fetchApi<void>(`/api/views/${id}`, { method: "DELETE" });

/** Runs one of the above and shows the answer in the bar at once. */
export function useViewChange() {
  const queryClient = useQueryClient();
  const toast = useToast();
  const sentence = useProblemSentence();
  return useMutation({
    mutationFn: (work: () => Promise<SavedViewItem | undefined>) => work(),
    onSuccess: (saved) => {
      if (saved)
        queryClient.setQueryData<ViewList>(
          orderKeys.views,
          (list) => list && { ...list, saved: [...list.saved.filter(({ id }) => id !== saved.id), saved] },
        );
      return queryClient.invalidateQueries({ queryKey: orderKeys.views });
    },
    onError: (error) => toast("problem", sentence(error)),
  });
}
