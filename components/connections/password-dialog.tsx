"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId } from "react";
import { useTranslations } from "use-intl";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { PasswordField, TextField } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { ConnectionView, VendorOffer } from "#lib/connections/connection-schema.ts";
import { connectionKeys, createConnection } from "./connections-queries.ts";

type Props = { offer: VendorOffer; renews?: ConnectionView; onClose: () => void };

/** E-mail and password of a vendor account: checked with the vendor before anything is kept. */
export function PasswordDialog({ offer, renews, onClose }: Props) {
  const t = useTranslations("connections");
  const ui = useTranslations("ui");
  const form = useId();
  const toast = useToast();
  const queryClient = useQueryClient();
  const vendor = offer.name;
  const connect = useMutation({
    mutationFn: (credentials: { email: string; password: string }) =>
      createConnection({ vendor: offer.vendor, credentials, ...(renews ? { connection: renews.id } : {}) }),
    onSuccess: (connection) => {
      toast("success", t("bannerConnected", { account: connection.account }));
      onClose();
      return queryClient.invalidateQueries({ queryKey: connectionKeys.all });
    },
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    connect.mutate({ email: String(given.get("email")), password: String(given.get("password")) });
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("connectVendor", { vendor })}
      description={t("addPassword", { vendor })}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button type="submit" form={form} look="primary" busy={connect.isPending}>
            {connect.isPending ? t("connecting", { vendor }) : t("connectVendor", { vendor })}
          </Button>
        </>
      }
    >
      <form id={form} method="post" onSubmit={submit} className="mt-4 flex flex-col gap-3">
        {connect.error && (
          <Notice tone="problem">
            <ProblemText error={connect.error} />
          </Notice>
        )}
        <TextField
          label={t("email", { vendor })}
          name="email"
          type="email"
          required
          autoFocus
          autoComplete="off"
          defaultValue={renews?.account}
        />
        <PasswordField label={t("password", { vendor })} name="password" required autoComplete="off" />
      </form>
    </Dialog>
  );
}
