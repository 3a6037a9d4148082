import type { Metadata } from "next";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { InvitationForm } from "#components/auth/invitation-form.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translatorFor(await requestLocale())("auth.invitationTitle") };
}

export default async function InvitationPage({ searchParams }: PageProps<"/invitation">) {
  const t = translatorFor(await requestLocale());
  const { token } = await searchParams;
  return (
    <AuthCard title={t("auth.invitationTitle")} lead={t("auth.invitationLead")}>
      {typeof token === "string" ? (
        <InvitationForm token={token} />
      ) : (
        <Notice tone="problem">{t("auth.tokenMissing")}</Notice>
      )}
    </AuthCard>
  );
}
