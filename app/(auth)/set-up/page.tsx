import type { Metadata } from "next";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { SetUpForm } from "#components/auth/set-up-form.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translatorFor(await requestLocale())("auth.setUpTitle") };
}

export default async function SetUpPage({ searchParams }: PageProps<"/set-up">) {
  const t = translatorFor(await requestLocale());
  const { token } = await searchParams;
  return (
    <AuthCard title={t("auth.setUpTitle")} lead={t("auth.setUpLead")}>
      {typeof token === "string" ? (
        <SetUpForm token={token} />
      ) : (
        <Notice tone="problem">{t("auth.tokenMissing")}</Notice>
      )}
    </AuthCard>
  );
}
