import { queryOptions } from "@tanstack/react-query";
import { fetchApi } from "#components/api/fetch-api.ts";
import type { ClinicView, GroupProfile, PersonView } from "#lib/groups/group-schema.ts";

/** Asking is a call to the vendor, and addresses seldom change. */
const STALE_MS = 300_000;

export const clinicQuery = (id: string) =>
  queryOptions({
    queryKey: ["clinic", id],
    queryFn: ({ signal }) => fetchApi<ClinicView>(`/api/clinics/${id}`, { signal }),
    staleTime: STALE_MS,
  });

export const ownGroupQuery = (connectionId: string) =>
  queryOptions({
    queryKey: ["own-group", connectionId],
    queryFn: ({ signal }) => fetchApi<GroupProfile>(`/api/connections/${connectionId}/group`, { signal }),
    staleTime: STALE_MS,
  });

export function findPerson(connectionId: string, email: string) {
  const path = `/api/connections/${connectionId}/people`;
  return fetchApi<{ person: PersonView | null }>(path, { method: "POST", body: { email } });
}
