"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId } from "react";
import { useTranslations } from "use-intl";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { PasswordField, SelectField, TextField } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { ConnectionView, VendorOffer } from "#lib/connections/connection-schema.ts";
import { connectionKeys, createConnection } from "./connections-queries.ts";

type Props = { offer: VendorOffer; renews?: ConnectionView; onClose: () => void };

/** For a portal whose callback the vendor has not registered: the password goes to the vendor once and is not kept. */
export function PasswordGrantDialog({ offer, renews, onClose }: Props) {
  const t = useTranslations("connections");
  const ui = useTranslations("ui");
  const form = useId();
  const toast = useToast();
  const queryClient = useQueryClient();
  const vendor = offer.name;
  const connect = useMutation({
    mutationFn: (credentials: Record<string, string>) =>
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
    const text = (name: string) => String(given.get(name) ?? "");
    connect.mutate({ username: text("username"), password: text("password"), server: text("server") });
  }
  const region = offer.servers.find((server) => server.region === renews?.region);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("connectVendor", { vendor })}
      description={t("grantText", { vendor })}
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
        {offer.servers.length > 1 ? (
          <SelectField
            label={t("server")}
            name="server"
            defaultValue={region?.id}
            options={offer.servers.map((server) => ({ value: server.id, label: server.name }))}
          />
        ) : (
          <input type="hidden" name="server" value={offer.servers[0]?.id ?? ""} />
        )}
        <TextField
          label={t("email", { vendor })}
          name="username"
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
