import type { Metadata } from "next";
import { ApiReferencePage } from "#components/api-reference/api-reference-page.tsx";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translatorFor(await requestLocale())("apiReference.title") };
}

export default function ApiReference() {
  return <ApiReferencePage />;
}
