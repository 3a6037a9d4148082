import { queryOptions } from "@tanstack/react-query";
import { fetchApi } from "#components/api/fetch-api.ts";
import type { CasePage, WholeCaseView } from "#lib/cases/case-schema.ts";

export type CaseWishes = {
  name: string;
  patientCode: string;
  status: string;
  createdFrom: string;
  createdTo: string;
  page: number;
};

export const NO_WISHES: CaseWishes = { name: "", patientCode: "", status: "", createdFrom: "", createdTo: "", page: 0 };

/** Each look is a call to the vendor and a line in the audit trail: nothing is asked for twice within the time. */
const STALE_MS = 60_000;

export const casesQuery = (connectionId: string, wishes: CaseWishes) =>
  queryOptions({
    queryKey: ["cases", connectionId, wishes],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(wishes)) if (value !== "") query.set(name, String(value));
      return fetchApi<CasePage>(`/api/connections/${connectionId}/cases?${query}`, { signal });
    },
    placeholderData: (previous) => previous,
    staleTime: STALE_MS,
    retry: false,
  });

export const caseQuery = (connectionId: string, key: string) =>
  queryOptions({
    queryKey: ["case", connectionId, key],
    queryFn: ({ signal }) => fetchApi<WholeCaseView>(`/api/connections/${connectionId}/cases/${key}`, { signal }),
    staleTime: STALE_MS,
    retry: false,
  });
