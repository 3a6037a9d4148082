import type { Metadata } from "next";
import { Suspense } from "react";
import { TriageDeck } from "#components/triage/triage-deck.tsx";
import { requireMember } from "#lib/access/require-member.ts";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translatorFor(await requestLocale())("triage.title") };
}

export default async function TriagePage() {
  await requireMember("/triage");
  return (
    <Suspense>
      <TriageDeck />
    </Suspense>
  );
}
