"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { orderKeys } from "#components/orders/orders-queries.ts";
import { ConfirmDialog } from "#components/portal/confirm-dialog.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { ConnectionView } from "#lib/connections/connection-schema.ts";
import { connectionKeys, disconnectConnection } from "./connections-queries.ts";

export function DisconnectDialog({ connection, onClose }: { connection: ConnectionView; onClose: () => void }) {
  const t = useTranslations("connections");
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
    <ConfirmDialog
      title={t("disconnectTitle", { account: connection.account })}
      text={t("disconnectText", { vendor: connection.vendorName, count: connection.ordersHere })}
      action={t("disconnect")}
      busy={disconnect.isPending}
      error={disconnect.error}
      onConfirm={() => disconnect.mutate()}
      onClose={onClose}
    />
  );
}
