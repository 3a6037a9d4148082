"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { orderKeys } from "#components/orders/orders-queries.ts";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { ConnectionView } from "#lib/connections/connection-schema.ts";
import { connectionKeys, disconnectConnection } from "./connections-queries.ts";

export function DisconnectDialog({ connection, onClose }: { connection: ConnectionView; onClose: () => void }) {
  const t = useTranslations("connections");
  const ui = useTranslations("ui");
  const toast = useToast();
  const queryClient = useQueryClient();
  const disconnect = useMutation({
    mutationFn: () => disconnectConnection(connection.id),
    onSuccess: async () => {
      toast("success", t("disconnected", { account: connection.account }));
      onClose();
      await queryClient.invalidateQueries({ queryKey: connectionKeys.all });
      await queryClient.invalidateQueries({ queryKey: orderKeys.lists });
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("disconnectTitle", { account: connection.account })}
      description={t("disconnectText", { vendor: connection.vendorName, count: connection.ordersHere })}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button look="danger" busy={disconnect.isPending} onClick={() => disconnect.mutate()}>
            {t("disconnect")}
          </Button>
        </>
      }
    >
      {disconnect.error && (
        <Notice tone="problem" className="mt-3">
          <ProblemText error={disconnect.error} />
        </Notice>
      )}
    </Dialog>
  );
}
