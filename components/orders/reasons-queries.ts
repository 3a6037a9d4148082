import { queryOptions } from "@tanstack/react-query";
import { fetchApi } from "#components/api/fetch-api.ts";
import type { ReasonView } from "#lib/reasons/reason-schema.ts";

export const reasonKeys = { all: ["reasons"] as const };

/** The organisation's reasons by group, also those that are switched off: orders may still have them. */
export const reasonsQuery = () =>
  queryOptions({
    queryKey: reasonKeys.all,
    queryFn: ({ signal }) => fetchApi<{ items: ReasonView[] }>("/api/reasons", { signal }),
    staleTime: 60_000,
  });
