"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ConfirmDialog } from "#components/portal/confirm-dialog.tsx";
import { IconButton } from "#components/ui/button.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { OrderDetailView, OrderFileView } from "#lib/orders/order-schema.ts";
import { orderKeys, removeFile } from "./orders-queries.ts";

/** Takes an attached file away, here and at the vendor: asked once more, because it cannot be brought back. */
export function RemoveFile({ file, order }: { file: OrderFileView; order: OrderDetailView }) {
  const t = useTranslations("orders");
  const ui = useTranslations("ui");
  const toast = useToast();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    mutationFn: () => removeFile(order.id, file.id),
    onSuccess: async () => {
      setAsking(false);
      toast("success", t("fileRemoved", { name: file.name }));
      await queryClient.invalidateQueries({ queryKey: orderKeys.one(order.id) });
    },
  });
  return (
    <>
      <IconButton label={t("removeFile", { name: file.name })} onClick={() => setAsking(true)}>
        <Trash2 aria-hidden className="size-4" />
      </IconButton>
      {asking && (
        <ConfirmDialog
          title={t("removeFileTitle", { name: file.name })}
          text={t("removeFileText", { vendor: order.vendorName })}
          action={ui("remove")}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate()}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
