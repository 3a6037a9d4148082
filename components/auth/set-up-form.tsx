"use client";
import { useTranslations } from "use-intl";
import { fetchApi } from "#components/api/fetch-api.ts";
import { PasswordField, SelectField, TextField } from "#components/ui/field.tsx";
import { AccountForm } from "./account-form.tsx";
import { signInWithPassword } from "./sign-in-with-password.ts";

/** First run: the organisation, its admin, and straight into the portal. */
export function SetUpForm({ token }: { token: string }) {
  const t = useTranslations("auth");
  return (
    <AccountForm
      submit={t("setUpSubmit")}
      send={async (values) => {
        await fetchApi("/api/set-up", { method: "POST", body: { token, ...values } });
        await signInWithPassword(values.email ?? "", values.password ?? "");
      }}
      onDone={() => window.location.assign("/connections")}
    >
      {(problemOf) => (
        <>
          <TextField
            label={t("organisationName")}
            name="organisation"
            required
            maxLength={120}
            autoFocus
            autoComplete="organization"
            problem={problemOf("organisation")}
          />
          <SelectField
            label={t("kind")}
            name="kind"
            options={[
              { value: "lab", label: t("kindLab") },
              { value: "clinic", label: t("kindClinic") },
            ]}
          />
          <TextField
            label={t("name")}
            name="name"
            required
            maxLength={120}
            autoComplete="name"
            problem={problemOf("name")}
          />
          <TextField
            label={t("email")}
            name="email"
            type="email"
            required
            autoComplete="username"
            problem={problemOf("email")}
          />
          <PasswordField
            label={t("newPassword")}
            name="password"
            required
            minLength={8}
            autoComplete="new-password"
            hint={t("passwordHint")}
            problem={problemOf("password")}
          />
        </>
      )}
    </AccountForm>
  );
}
