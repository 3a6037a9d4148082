"use client";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useRef } from "react";
import { useTranslations } from "use-intl";
import { changeMe, meQuery } from "#components/portal/me-queries.ts";
import { Button } from "#components/ui/button.tsx";
import { PasswordField, TextField } from "#components/ui/field.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { changePassword, settingsKeys } from "./settings-queries.ts";
import { SettingsSection, useChange } from "./settings-section.tsx";

export function ProfileSection() {
  const t = useTranslations("settings");
  const ui = useTranslations("ui");
  const { data: me } = useQuery(meQuery());
  const save = useChange((name: string) => changeMe({ name }), meQuery().queryKey, ui("saved"));
  return (
    <SettingsSection title={t("profile")}>
      {me ? (
        <form
          className="flex max-w-md flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate(String(new FormData(event.currentTarget).get("name")));
          }}
        >
          <TextField
            label={t("name")}
            name="name"
            required
            maxLength={120}
            defaultValue={me.user.name}
            autoComplete="name"
          />
          <TextField label={t("email")} value={me.user.email} readOnly disabled />
          <Button type="submit" look="primary" className="self-start" busy={save.isPending}>
            {t("saveProfile")}
          </Button>
        </form>
      ) : (
        <Skeleton className="h-44 w-full max-w-md" />
      )}
    </SettingsSection>
  );
}

export function PasswordSection() {
  const t = useTranslations("settings");
  const auth = useTranslations("auth");
  const form = useRef<HTMLFormElement>(null);
  const change = useChange(changePassword, settingsKeys.sessions, t("passwordChanged"));
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    change.mutate(
      { current: String(given.get("current")), next: String(given.get("next")) },
      { onSuccess: () => form.current?.reset() },
    );
  }
  return (
    <SettingsSection title={t("passwordTitle")}>
      <form ref={form} method="post" className="flex max-w-md flex-col gap-3" onSubmit={submit}>
        <PasswordField label={t("currentPassword")} name="current" required autoComplete="current-password" />
        <PasswordField
          label={t("newPassword")}
          name="next"
          required
          minLength={8}
          autoComplete="new-password"
          hint={auth("passwordHint")}
        />
        <Button type="submit" className="self-start" busy={change.isPending}>
          {t("changePassword")}
        </Button>
      </form>
    </SettingsSection>
  );
}
