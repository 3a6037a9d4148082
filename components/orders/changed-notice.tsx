"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { useMay } from "#components/portal/member-context.tsx";
import { useProblemSentence } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import { changeOrder } from "./notes-queries.ts";
import { orderKeys } from "./orders-queries.ts";

/** Work has begun and the order is not what it was: stays until somebody says that it was seen, or takes the files. */
export function ChangedNotice({ order }: { order: OrderDetailView }) {
  const t = useTranslations("orders");
  const format = useFormatter();
  const mayDecide = useMay("decide");
  const toast = useToast();
  const sentence = useProblemSentence();
  const queryClient = useQueryClient();
  const seen = useMutation({
    mutationFn: () => changeOrder(order.id, { changeSeen: true }),
    onSuccess: (changed) => {
      queryClient.setQueryData(orderKeys.one(order.id), changed);
      void queryClient.invalidateQueries({ queryKey: orderKeys.views });
    },
    onError: (error) => toast("problem", sentence(error)),
  });
  if (!order.changedAt) return null;
  return (
    <Notice
      tone="warning"
      action={
        mayDecide && (
          <Button size="small" busy={seen.isPending} onClick={() => seen.mutate()}>
            {t("changeSeen")}
          </Button>
        )
      }
    >
      {t("changedAfterAcceptance", {
        when: format.dateTime(new Date(order.changedAt), { dateStyle: "medium", timeStyle: "short" }),
      })}
    </Notice>
  );
}
