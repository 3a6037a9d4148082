import { queryOptions } from "@tanstack/react-query";
import { fetchApi } from "#components/api/fetch-api.ts";
import type { Side } from "#lib/orders/order-schema.ts";
import type { ToothNotation } from "#lib/teeth/tooth.ts";
import type { MemberRole } from "./member-context.tsx";

export type Me = {
  user: { id: string; name: string; email: string };
  organisation: {
    id: string;
    name: string;
    kind: Side;
    timeZone: string;
    undoSeconds: number;
    fileNameTemplate: string | null;
  };
  organisations: { id: string; name: string; kind: Side; role: MemberRole }[];
};

export const meQuery = () =>
  queryOptions({
    queryKey: ["me"],
    queryFn: ({ signal }) => fetchApi<Me>("/api/me", { signal }),
    staleTime: 300_000,
  });

export function changeMe(change: { name?: string; locale?: string; toothNotation?: ToothNotation }) {
  return fetchApi<Me>("/api/me", { method: "PATCH", body: change });
}

export function switchOrganisation(organisationId: string) {
  return fetchApi<void>("/api/me/organisation", { method: "POST", body: { organisationId } });
}
