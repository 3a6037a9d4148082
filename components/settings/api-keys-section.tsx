"use client";
import { useQuery } from "@tanstack/react-query";
import { Copy, KeyRound } from "lucide-react";
import Link from "next/link";
import { type FormEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { ConfirmDialog } from "#components/portal/confirm-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField, TextField } from "#components/ui/field.tsx";
import { Moment } from "#components/ui/moment.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useRoleOptions } from "./role-choice.ts";
import { type ApiKeyView, apiKeysQuery, createApiKey, revokeApiKey, settingsKeys } from "./settings-queries.ts";
import { Row, Rows, SettingsSection, useChange } from "./settings-section.tsx";

export function ApiKeysSection() {
  const t = useTranslations("settings");
  const [making, setMaking] = useState(false);
  const keys = useQuery(apiKeysQuery());
  return (
    <SettingsSection
      title={t("apiKeys")}
      lead={t("apiKeysLead")}
      action={
        <span className="flex flex-wrap gap-2">
          <Button asChild look="quiet">
            <Link href="/api-reference">{t("apiReference")}</Link>
          </Button>
          <Button onClick={() => setMaking(true)}>
            <KeyRound aria-hidden className="size-4" />
            {t("newKey")}
          </Button>
        </span>
      }
    >
      <Rows query={keys} empty={t("noKeys")}>
        {(key: ApiKeyView) => <KeyRow key={key.id} apiKey={key} />}
      </Rows>
      {making && <NewKeyDialog onClose={() => setMaking(false)} />}
    </SettingsSection>
  );
}

function KeyRow({ apiKey }: { apiKey: ApiKeyView }) {
  const t = useTranslations("settings");
  const ui = useTranslations("ui");
  const roles = useRoleOptions();
  const [revoking, setRevoking] = useState(false);
  const revoke = useChange(() => revokeApiKey(apiKey.id), settingsKeys.apiKeys);
  return (
    <Row
      title={apiKey.name}
      facts={
        <>
          <span className="font-mono text-xs">{apiKey.start}…</span> ·{" "}
          {roles.find((r) => r.value === apiKey.role)?.label} ·{" "}
          {apiKey.lastUsedAt ? <Moment at={apiKey.lastUsedAt} /> : t("neverUsed")}
        </>
      }
    >
      <Button size="small" onClick={() => setRevoking(true)}>
        {ui("revoke")}
      </Button>
      {revoking && (
        <ConfirmDialog
          title={t("revokeKeyTitle", { name: apiKey.name })}
          text={t("revokeKeyText")}
          action={ui("revoke")}
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate(undefined, { onSettled: () => setRevoking(false) })}
          onClose={() => setRevoking(false)}
        />
      )}
    </Row>
  );
}

/** Makes a key and shows it this once. */
function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("settings");
  const ui = useTranslations("ui");
  const form = useId();
  const roles = useRoleOptions();
  const [key, setKey] = useState<string | null>(null);
  const create = useChange(
    (input: { name: string; role: string }) => createApiKey(input).then((made) => setKey(made.key)),
    settingsKeys.apiKeys,
  );
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    create.mutate({ name: String(given.get("name")), role: String(given.get("role")) });
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("newKey")}
      description={t("apiKeysLead")}
      footer={
        key ? (
          <Button look="primary" onClick={onClose}>
            {ui("close")}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{ui("cancel")}</Button>
            <Button type="submit" form={form} look="primary" busy={create.isPending}>
              {t("createKey")}
            </Button>
          </>
        )
      }
    >
      {key ? (
        <ShownOnce secret={key} />
      ) : (
        <form id={form} onSubmit={submit} className="mt-4 flex flex-col gap-3">
          <TextField label={t("keyName")} name="name" required maxLength={80} autoFocus />
          <SelectField
            label={t("role")}
            name="role"
            defaultValue="viewer"
            options={roles.map(({ value, long }) => ({ value, label: long }))}
          />
        </form>
      )}
    </Dialog>
  );
}

function ShownOnce({ secret }: { secret: string }) {
  const t = useTranslations("settings");
  const ui = useTranslations("ui");
  const [copied, setCopied] = useState(false);
  return (
    <div className="mt-4 flex flex-col gap-3">
      <Notice tone="warning">{t("keyShownOnce")}</Notice>
      <p className="flex items-center gap-2 rounded-md border bg-sunken py-1.5 pr-1.5 pl-3">
        <code className="min-w-0 flex-1 font-mono text-xs break-all">{secret}</code>
        <Button size="small" onClick={() => void navigator.clipboard.writeText(secret).then(() => setCopied(true))}>
          <Copy aria-hidden className="size-3.5" />
          {ui(copied ? "copied" : "copy")}
        </Button>
      </p>
    </div>
  );
}
