"use client";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { PasswordField, TextField } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { returnPath } from "./return-path.ts";
import { signInWithPassword } from "./sign-in-with-password.ts";

export function SignInForm(props: { callbackUrl?: string; problem?: string; passwordChanged?: boolean }) {
  const t = useTranslations("auth");
  const [checked, setChecked] = useState(false);
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useMutation({
    mutationFn: () => signInWithPassword(email, password),
    // A whole load: what another member saw in this browser must not linger.
    onSuccess: () => window.location.assign(returnPath(props.callbackUrl, window.location.origin)),
  });
  const problem = signIn.error ?? (signIn.isIdle ? props.problem : undefined);
  const busy = signIn.isPending || signIn.isSuccess;
  return (
    <form
      method="post"
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setChecked(true);
        if (email.trim() && password) signIn.mutate();
      }}
    >
      {props.passwordChanged && signIn.isIdle && <Notice tone="success">{t("passwordChanged")}</Notice>}
      {problem && (
        <Notice tone="problem">
          <ProblemText error={problem} />
        </Notice>
      )}
      <TextField
        label={t("email")}
        name="email"
        type="email"
        autoComplete="username"
        autoFocus
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        problem={checked && !email.trim() ? t("emailRequired") : undefined}
      />
      <PasswordField
        label={t("password")}
        name="password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        problem={checked && !password ? t("passwordRequired") : undefined}
      />
      <Button type="submit" look="primary" size="large" busy={busy}>
        {t(busy ? "signingIn" : "signIn")}
      </Button>
      <Link href="/forgot-password" className="self-start text-accent text-sm underline-offset-2 hover:underline">
        {t("forgot")}
      </Link>
    </form>
  );
}
