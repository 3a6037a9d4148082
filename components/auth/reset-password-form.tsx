"use client";
import { useTranslations } from "use-intl";
import { fetchApi } from "#components/api/fetch-api.ts";
import { PasswordField } from "#components/ui/field.tsx";
import { AccountForm } from "./account-form.tsx";

export function ResetPasswordForm({ token }: { token: string }) {
  const t = useTranslations("auth");
  return (
    <AccountForm
      submit={t("resetSubmit")}
      send={(values) =>
        fetchApi("/api/password-reset/confirm", { method: "POST", body: { token, password: values.password } })
      }
      onDone={() => window.location.assign("/sign-in?changed=1")}
    >
      {(problemOf) => (
        <PasswordField
          label={t("newPassword")}
          name="password"
          required
          minLength={8}
          autoFocus
          autoComplete="new-password"
          hint={t("passwordHint")}
          problem={problemOf("password")}
        />
      )}
    </AccountForm>
  );
}
