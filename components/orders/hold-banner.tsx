"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { fetchApi } from "#components/api/fetch-api.ts";
import { useMay } from "#components/portal/member-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { OrderView } from "#lib/orders/order-schema.ts";
import { orderKeys } from "./orders-queries.ts";
import { useReasonLabel } from "./use-reason-label.ts";

/** Until when and why an order is put aside, and the way to take it up before. */
export function HoldBanner({ order }: { order: OrderView }) {
  const t = useTranslations("holds");
  const format = useFormatter();
  const reasonLabel = useReasonLabel();
  const toast = useToast();
  const mayDecide = useMay("decide");
  const queryClient = useQueryClient();
  const release = useMutation({
    mutationFn: () => fetchApi<void>(`/api/orders/${order.id}/hold`, { method: "DELETE" }),
    onSuccess: () => {
      toast("success", t("released", { number: order.number }));
      void queryClient.invalidateQueries({ queryKey: orderKeys.one(order.id) });
      void queryClient.invalidateQueries({ queryKey: orderKeys.lists });
    },
  });
  const { hold } = order;
  if (!hold) return null;
  const until = format.dateTime(new Date(`${hold.until}T00:00`), { dateStyle: "medium" });
  return (
    <Notice tone="information" title={t("banner", { until, reason: reasonLabel(hold.reason) })}>
      {hold.note && <p className="whitespace-pre-wrap text-text">{hold.note}</p>}
      {hold.by && <p>{t("by", { who: hold.by.name })}</p>}
      {mayDecide && (
        <Button size="small" className="mt-2" busy={release.isPending} onClick={() => release.mutate()}>
          {t("release")}
        </Button>
      )}
    </Notice>
  );
}
