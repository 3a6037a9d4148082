import type { Metadata } from "next";
import { ConnectionPage } from "#components/connections/connection-page.tsx";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translatorFor(await requestLocale())("connections.one") };
}

export default async function Connection({ params }: PageProps<"/connections/[id]">) {
  return <ConnectionPage connectionId={(await params).id} />;
}
