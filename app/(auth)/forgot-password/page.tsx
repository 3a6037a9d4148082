import type { Metadata } from "next";
import Link from "next/link";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { ForgotPasswordForm } from "#components/auth/forgot-password-form.tsx";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translatorFor(await requestLocale())("auth.forgotTitle") };
}

export default async function ForgotPasswordPage() {
  const t = translatorFor(await requestLocale());
  return (
    <AuthCard
      title={t("auth.forgotTitle")}
      lead={t("auth.forgotLead")}
      footer={
        <Link href="/sign-in" className="text-accent underline-offset-2 hover:underline">
          {t("auth.backToSignIn")}
        </Link>
      }
    >
      <ForgotPasswordForm />
    </AuthCard>
  );
}
