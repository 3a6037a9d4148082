import { queryOptions } from "@tanstack/react-query";
import { fetchApi } from "#components/api/fetch-api.ts";
import type { ConnectionPortal, ConnectionView, VendorOffer } from "#lib/connections/connection-schema.ts";

export type ConnectionList = { items: ConnectionView[]; vendors: VendorOffer[] };

export const connectionKeys = { all: ["connections"] as const };

export const connectionsQuery = () =>
  queryOptions({
    queryKey: connectionKeys.all,
    queryFn: ({ signal }) => fetchApi<ConnectionList>("/api/connections", { signal }),
    // Progress of a run is shown as it moves; the announcements tell the rest.
    refetchInterval: (query) => (query.state.data?.items.some((connection) => connection.sync) ? 2_000 : false),
  });

/** The portal's SFTP site; null where it has none. Its key stays, so it is asked for once. */
export const dropQuery = () =>
  queryOptions({
    queryKey: ["sftp-drop"],
    queryFn: ({ signal }) =>
      fetchApi<{ host: string; port: number; fingerprint: string | null } | null>("/api/sftp-drop", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export function createConnection(input: { vendor: string; credentials: Record<string, string>; connection?: string }) {
  return fetchApi<ConnectionView>("/api/connections", { method: "POST", body: input });
}

export function syncConnection(id: string) {
  return fetchApi<unknown>(`/api/connections/${id}/sync`, { method: "POST" });
}

/** Asks the vendor now whether it takes the sign-in. */
export function checkConnection(id: string) {
  return fetchApi<ConnectionView>(`/api/connections/${id}/check`, { method: "POST" });
}

export const portalsQuery = (id: string) =>
  queryOptions({
    queryKey: ["portals", id],
    queryFn: ({ signal }) => fetchApi<{ items: ConnectionPortal[] }>(`/api/connections/${id}/portals`, { signal }),
  });

export function disconnectConnection(id: string) {
  return fetchApi<unknown>(`/api/connections/${id}`, { method: "DELETE" });
}

/** The vendor's consent page; with an id, to renew that connection. */
export function authorizeAddress(server: string, connectionId?: string): string {
  const query = connectionId ? `?${new URLSearchParams({ connection: connectionId })}` : "";
  return `/api/oauth/${encodeURIComponent(server)}/authorize${query}`;
}
