"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslations } from "use-intl";
import { useToast } from "#components/ui/toast.tsx";
import type { DecisionView } from "#lib/orders/order-schema.ts";
import { orderKeys } from "./orders-queries.ts";

const ENDINGS = {
  confirmed: { tone: "success", sentence: "toastConfirmed" },
  conflict: { tone: "problem", sentence: "toastConflict" },
  failed: { tone: "problem", sentence: "toastFailed" },
} as const;

/** Says how a decision ended and has everything that shows the order asked for anew. */
export function useDecisionEnding(): (decision: DecisionView, number: string) => void {
  const queryClient = useQueryClient();
  const toast = useToast();
  const t = useTranslations("decisions");
  return useCallback(
    (decision, number) => {
      const ending = ENDINGS[decision.state as keyof typeof ENDINGS];
      if (ending) toast(ending.tone, t(ending.sentence, { kind: decision.kind, number }));
      void queryClient.invalidateQueries({ queryKey: orderKeys.one(decision.orderId) });
      void queryClient.invalidateQueries({ queryKey: orderKeys.lists });
    },
    [queryClient, toast, t],
  );
}
