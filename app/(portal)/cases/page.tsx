import type { Metadata } from "next";
import { CasesPage } from "#components/cases/cases-page.tsx";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translatorFor(await requestLocale())("cases.title") };
}

export default function Cases() {
  return <CasesPage />;
}
