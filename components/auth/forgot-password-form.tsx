"use client";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { fetchApi } from "#components/api/fetch-api.ts";
import { TextField } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { AccountForm } from "./account-form.tsx";

export function ForgotPasswordForm() {
  const t = useTranslations("auth");
  const [sent, setSent] = useState(false);
  if (sent) return <Notice tone="success">{t("linkSent")}</Notice>;
  return (
    <AccountForm
      submit={t("sendLink")}
      send={(values) => fetchApi("/api/password-reset", { method: "POST", body: { email: values.email } })}
      onDone={() => setSent(true)}
    >
      {(problemOf) => (
        <TextField
          label={t("email")}
          name="email"
          type="email"
          required
          autoFocus
          autoComplete="username"
          problem={problemOf("email")}
        />
      )}
    </AccountForm>
  );
}
