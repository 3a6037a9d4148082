import type { Metadata } from "next";
import { Suspense } from "react";
import { ConnectionsPage } from "#components/connections/connections-page.tsx";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translatorFor(await requestLocale())("connections.title") };
}

export default function Connections() {
  return (
    <Suspense>
      <ConnectionsPage />
    </Suspense>
  );
}
