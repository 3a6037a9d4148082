"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { useToast } from "#components/ui/toast.tsx";
import type { DecisionView, OrderView } from "#lib/orders/order-schema.ts";
import { decisionQuery, isOpen } from "./decisions-queries.ts";
import { orderKeys } from "./orders-queries.ts";

/** Follows an order's open decision to its end, says how it ended, and has the order asked for anew. @returns its newest state */
export function useFollowDecision(order: OrderView | undefined): DecisionView | null {
  const queryClient = useQueryClient();
  const toast = useToast();
  const t = useTranslations("decisions");
  const shown = order?.decision ?? null;
  const open = isOpen(shown);
  const { data: followed } = useQuery({ ...decisionQuery(shown?.id ?? ""), enabled: open });
  const ended = open && followed && followed.id === shown?.id && !isOpen(followed) ? followed : null;
  useEffect(() => {
    if (!ended || !order) return;
    const about = { kind: ended.kind, number: order.number };
    if (ended.state === "confirmed") toast("success", t("toastConfirmed", about));
    if (ended.state === "conflict") toast("problem", t("toastConflict", about));
    if (ended.state === "failed") toast("problem", t("toastFailed", about));
    void queryClient.invalidateQueries({ queryKey: orderKeys.one(order.id) });
    void queryClient.invalidateQueries({ queryKey: orderKeys.lists });
  }, [ended, order, queryClient, toast, t]);
  return followed && followed.id === shown?.id ? followed : shown;
}
