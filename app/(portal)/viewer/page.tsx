import type { Metadata } from "next";
import { LocalViewer } from "#components/scan-viewer/local/local-viewer.tsx";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translatorFor(await requestLocale())("scanViewer.local.title") };
}

export default function ViewerPage() {
  return <LocalViewer />;
}
