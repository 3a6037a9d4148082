"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Send } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { useMay } from "#components/portal/member-context.tsx";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import { passOnDecision } from "./decisions-queries.ts";
import { orderKeys } from "./orders-queries.ts";

/** The order was decided before its vendor's own copy of it came: the vendor does not know, and can be told once. */
export function PassOnNotice({ order }: { order: OrderDetailView }) {
  const t = useTranslations("decisions");
  const mayDecide = useMay("decide");
  const queryClient = useQueryClient();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const send = useMutation({
    mutationFn: () => passOnDecision(order.id, idempotencyKey),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: orderKeys.one(order.id) }),
        queryClient.invalidateQueries({ queryKey: orderKeys.lists }),
      ]),
  });
  if (!order.passOn || !mayDecide) return null;
  const vendor = order.vendorName;
  return (
    <Notice tone="warning" title={t("passOnTitle", { vendor })}>
      <p>{t("passOnText", { kind: order.passOn, vendor })}</p>
      {send.error && (
        <p className="text-rejected">
          <ProblemText error={send.error} />
        </p>
      )}
      <Button size="small" className="mt-2" busy={send.isPending} onClick={() => send.mutate()}>
        <Send aria-hidden className="size-3.5" />
        {t("passOn", { vendor })}
      </Button>
    </Notice>
  );
}
