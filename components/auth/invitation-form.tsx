"use client";
import { useTranslations } from "use-intl";
import { fetchApi } from "#components/api/fetch-api.ts";
import { PasswordField, TextField } from "#components/ui/field.tsx";
import { AccountForm } from "./account-form.tsx";
import { signInWithPassword } from "./sign-in-with-password.ts";

/** `known`: the person has an account already and proves it with its password. */
export function InvitationForm({ token, known }: { token: string; known: boolean }) {
  const t = useTranslations("auth");
  return (
    <AccountForm
      submit={t("join")}
      send={async (values) => {
        const { email } = await fetchApi<{ email: string }>("/api/invitations/accept", {
          method: "POST",
          body: { token, name: values.name, password: values.password },
        });
        await signInWithPassword(email, values.password ?? "");
      }}
      onDone={() => window.location.assign("/orders")}
    >
      {(problemOf) => (
        <>
          <TextField
            label={t("name")}
            name="name"
            required
            maxLength={120}
            autoFocus
            autoComplete="name"
            problem={problemOf("name")}
          />
          <PasswordField
            label={t("password")}
            name="password"
            required
            autoComplete={known ? "current-password" : "new-password"}
            hint={t(known ? "knownPassword" : "passwordHint")}
            problem={problemOf("password")}
          />
        </>
      )}
    </AccountForm>
  );
}
