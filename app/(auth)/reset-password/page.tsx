import type { Metadata } from "next";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { ResetPasswordForm } from "#components/auth/reset-password-form.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translatorFor(await requestLocale())("auth.resetTitle") };
}

export default async function ResetPasswordPage({ searchParams }: PageProps<"/reset-password">) {
  const t = translatorFor(await requestLocale());
  const { token } = await searchParams;
  return (
    <AuthCard title={t("auth.resetTitle")} lead={t("auth.resetLead")}>
      {typeof token === "string" ? (
        <ResetPasswordForm token={token} />
      ) : (
        <Notice tone="problem">{t("auth.tokenMissing")}</Notice>
      )}
    </AuthCard>
  );
}
