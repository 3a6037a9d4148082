"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslations } from "use-intl";
import { useToast } from "#components/ui/toast.tsx";
import type { DecisionView, OrderView } from "#lib/orders/order-schema.ts";
import { decisionQuery, isOpen } from "./decisions-queries.ts";
import { orderKeys } from "./orders-queries.ts";

const ENDINGS = {
  confirmed: { tone: "success", sentence: "toastConfirmed" },
  conflict: { tone: "problem", sentence: "toastConflict" },
  failed: { tone: "problem", sentence: "toastFailed" },
} as const;

/** Follows an order's open decision to its end, says how it ended, and has the order asked for anew. @returns its newest state */
export function useFollowDecision(order: OrderView | undefined): DecisionView | null {
  const queryClient = useQueryClient();
  const toast = useToast();
  const t = useTranslations("decisions");
  const shown = order?.decision ?? null;
  const followed = useQuery({ ...decisionQuery(shown?.id ?? ""), enabled: isOpen(shown) }).data;
  // Whichever tells the end first: the order itself, or the decision asked for on its own.
  const decision = isOpen(shown) && followed?.id === shown?.id ? (followed ?? shown) : shown;
  const waitingFor = useRef<string | null>(null);
  useEffect(() => {
    if (!decision || !order) return;
    if (isOpen(decision)) {
      waitingFor.current = decision.id;
      return;
    }
    if (waitingFor.current !== decision.id) return;
    waitingFor.current = null;
    const ending = ENDINGS[decision.state as keyof typeof ENDINGS];
    toast(ending.tone, t(ending.sentence, { kind: decision.kind, number: order.number }));
    void queryClient.invalidateQueries({ queryKey: orderKeys.one(order.id) });
    void queryClient.invalidateQueries({ queryKey: orderKeys.lists });
  }, [decision, order, queryClient, toast, t]);
  return decision;
}
