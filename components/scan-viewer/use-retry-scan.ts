import { useMutation } from "@tanstack/react-query";
import { fetchApi } from "#components/api/fetch-api.ts";

/** Asks the portal to fetch and convert a failed scan again; its new state arrives with the order. */
export function useRetryScan() {
  return useMutation({
    mutationFn: (scanId: string) => fetchApi<unknown>(`/api/scans/${scanId}/retry`, { method: "POST" }),
  });
}
