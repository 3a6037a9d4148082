import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { SignInForm } from "#components/auth/sign-in-form.tsx";
import { currentPrincipal } from "#lib/access/require-member.ts";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translatorFor(await requestLocale())("auth.signInTitle") };
}

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  if (await currentPrincipal()) redirect("/orders");
  const t = translatorFor(await requestLocale());
  const { callbackUrl, error, changed } = await searchParams;
  return (
    <AuthCard title={t("auth.signInTitle")} lead={t("auth.signInLead")}>
      <SignInForm callbackUrl={first(callbackUrl)} problem={first(error)} passwordChanged={changed === "1"} />
    </AuthCard>
  );
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
