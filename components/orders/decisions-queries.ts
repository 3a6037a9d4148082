import { queryOptions } from "@tanstack/react-query";
import { fetchApi } from "#components/api/fetch-api.ts";
import type { DecideBody, DecisionKind, DecisionView } from "#lib/orders/order-schema.ts";

export const decisionKeys = { one: (id: string) => ["decisions", id] as const };

/** True until the vendor has answered, one way or the other. */
export function isOpen(decision: Pick<DecisionView, "state"> | null): boolean {
  return decision?.state === "requested" || decision?.state === "sending";
}

/** One decision; asked for every second and a half while it is open, should an announcement get lost. */
export const decisionQuery = (id: string) =>
  queryOptions({
    queryKey: decisionKeys.one(id),
    queryFn: ({ signal }) => fetchApi<DecisionView>(`/api/decisions/${id}`, { signal }),
    refetchInterval: (query) => (isOpen(query.state.data ?? null) ? 1_500 : false),
  });

export type DecisionRequest = { orderId: string; kind: DecisionKind; body: DecideBody; idempotencyKey: string };

/** Tells the vendor what was recorded by another way before its order came. @throws {Problem} */
export function passOnDecision(orderId: string, idempotencyKey: string) {
  return fetchApi<{ decision: DecisionView }>(`/api/orders/${orderId}/pass-on`, { method: "POST", idempotencyKey });
}

/** Asks for a decision; the same key never asks twice. @throws {Problem} */
export function requestDecision({ orderId, kind, body, idempotencyKey }: DecisionRequest) {
  return fetchApi<{ decision: DecisionView }>(`/api/orders/${orderId}/${kind}`, {
    method: "POST",
    body,
    idempotencyKey,
  });
}
