import type { Metadata } from "next";
import { AuthCard } from "#components/auth/auth-card.tsx";
import { InvitationForm } from "#components/auth/invitation-form.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { readInvitation } from "#lib/access/invitations.ts";
import { AppError } from "#lib/errors.ts";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translatorFor(await requestLocale())("auth.invitationTitle") };
}

export default async function InvitationPage({ searchParams }: PageProps<"/invitation">) {
  const t = translatorFor(await requestLocale());
  const { token } = await searchParams;
  const invitation = typeof token === "string" ? await readInvitation(token).catch(toCode) : "tokenMissing";
  if (typeof token !== "string" || typeof invitation === "string")
    return (
      <AuthCard title={t("auth.invitationTitle")}>
        <Notice tone="problem">
          {t(invitation === "tokenMissing" ? "auth.tokenMissing" : "errors.invitation_expired")}
        </Notice>
      </AuthCard>
    );
  const { email, organisation, known } = invitation;
  return (
    <AuthCard title={t("auth.invitationTitle")} lead={t("auth.invitedTo", { organisation, email })}>
      <InvitationForm token={token} known={known} />
    </AuthCard>
  );
}

function toCode(error: unknown): string {
  if (error instanceof AppError) return error.code;
  throw error;
}
