"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId } from "react";
import { useTranslations } from "use-intl";
import { Problem } from "#components/api/problem.ts";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { PasswordField, SelectField, TextField } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { ConnectionView, VendorOffer } from "#lib/connections/connection-schema.ts";
import { connectionKeys, createConnection } from "./connections-queries.ts";

type Props = { offer: VendorOffer; renews?: ConnectionView; onClose: () => void };

/** Whatever a vendor's sign-in asks for, one field each: checked with the vendor before anything is kept. */
export function CredentialsDialog({ offer, renews, onClose }: Props) {
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
    connect.mutate(Object.fromEntries(offer.fields.map(({ name }) => [name, String(given.get(name) ?? "")])));
  }
  const wrong = new Set(fieldsAtFault(connect.error));
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("connectVendor", { vendor })}
      description={t(offer.auth === "key" ? "addKey" : "addPassword", { vendor })}
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
        {connect.error && wrong.size === 0 && (
          <Notice tone="problem">
            <ProblemText error={connect.error} />
          </Notice>
        )}
        {offer.fields.map((field, at) => (
          <CredentialInput
            key={field.name}
            field={field}
            vendor={vendor}
            isFirst={at === 0}
            isWrong={wrong.has(field.name)}
            initial={field.kind === "email" ? renews?.account : undefined}
          />
        ))}
        {offer.auth === "key" && <p className="text-muted text-sm">{t("keyTakesAWhile", { vendor })}</p>}
      </form>
    </Dialog>
  );
}

/** "credentials.customerKey" of a refusal is the field of that name. */
function fieldsAtFault(error: unknown): string[] {
  if (!(error instanceof Problem)) return [];
  return error.invalidParams.flatMap(({ name }) => /^credentials\.(\w+)$/.exec(name)?.[1] ?? []);
}

const LABELS = {
  email: "email",
  password: "password",
  developerKey: "developerKey",
  customerKey: "customerKey",
  address: "address",
  pace: "pace",
} as const;
const HINTS = {
  email: null,
  password: null,
  developerKey: "developerKeyHint",
  customerKey: "customerKeyHint",
  address: "addressHint",
  pace: "paceHint",
} as const;
const OPTIONS = {
  remote: "optionRemote",
  local: "optionLocal",
  service: "optionService",
  usual: "optionUsual",
  enterprise: "optionEnterprise",
} as const;

function CredentialInput(props: {
  field: VendorOffer["fields"][number];
  vendor: string;
  isFirst: boolean;
  isWrong: boolean;
  initial: string | undefined;
}) {
  const t = useTranslations("connections");
  const { field, vendor } = props;
  const hint = HINTS[field.name];
  const shared = {
    name: field.name,
    label: t(LABELS[field.name], { vendor }),
    hint: hint ? t(hint, { vendor }) : undefined,
    problem: props.isWrong ? t("fieldWrong") : undefined,
    autoFocus: props.isFirst,
    required: true,
  };
  if (field.kind === "choice")
    return (
      <SelectField
        {...shared}
        options={field.options.map(({ value, word, host }) => ({
          value,
          label: t(OPTIONS[word], { host: host ?? "" }),
        }))}
      />
    );
  if (field.kind === "secret") return <PasswordField {...shared} autoComplete="off" />;
  return <TextField {...shared} type="email" autoComplete="off" defaultValue={props.initial} />;
}
