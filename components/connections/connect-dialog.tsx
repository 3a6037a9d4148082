"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { ConnectionView, VendorOffer } from "#lib/connections/connection-schema.ts";
import { connectionKeys, createConnection } from "./connections-queries.ts";

export type ConnectProps = { offer: VendorOffer; renews?: ConnectionView; onClose: () => void };

/** Asks for what a vendor's sign-in needs; the vendor checks it before anything is kept. */
export function ConnectDialog(props: {
  offer: VendorOffer;
  renews: ConnectionView | undefined;
  lead: string;
  /** Names of the fields that become the credentials. */
  names: readonly string[];
  onClose: () => void;
  /** The fields; told why they were refused, when they were. @returns also whether they say so themselves */
  fields: (error: Error | null) => { inputs: ReactNode; sayWhy?: boolean };
}) {
  const { offer, renews, names, onClose } = props;
  const t = useTranslations("connections");
  const ui = useTranslations("ui");
  const form = useId();
  const toast = useToast();
  const queryClient = useQueryClient();
  const vendor = offer.name;
  const connect = useMutation({
    mutationFn: (credentials: Record<string, string>) =>
      createConnection({ vendor: offer.vendor, credentials, ...(renews ? { connection: renews.id } : {}) }),
    onSuccess: ({ account }) => {
      toast("success", t(offer.brings.includes("orders") ? "bannerConnected" : "accountConnected", { account }));
      onClose();
      return queryClient.invalidateQueries({ queryKey: connectionKeys.all });
    },
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    connect.mutate(Object.fromEntries(names.map((name) => [name, String(given.get(name) ?? "")])));
  }
  const { inputs, sayWhy } = props.fields(connect.error);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("connectVendor", { vendor })}
      description={props.lead}
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
        {connect.error && !sayWhy && (
          <Notice tone="problem">
            <ProblemText error={connect.error} />
          </Notice>
        )}
        {inputs}
      </form>
    </Dialog>
  );
}
