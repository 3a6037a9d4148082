import type { Metadata } from "next";
import Link from "next/link";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { SetUpForm } from "#components/auth/set-up-form.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { isSetUp } from "#lib/access/set-up.ts";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translatorFor(await requestLocale())("auth.setUpTitle") };
}

export default async function SetUpPage({ searchParams }: PageProps<"/set-up">) {
  const t = translatorFor(await requestLocale());
  const { token } = await searchParams;
  if (await isSetUp())
    return (
      <AuthCard title={t("auth.setUpTitle")}>
        <div className="flex flex-col gap-4">
          <Notice tone="information">{t("errors.already_set_up")}</Notice>
          <Button asChild look="primary" size="large">
            <Link href="/sign-in">{t("auth.signIn")}</Link>
          </Button>
        </div>
      </AuthCard>
    );
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
