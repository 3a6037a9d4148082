import type { Metadata } from "next";
import { ClinicPage } from "#components/groups/clinic-page.tsx";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: translatorFor(await requestLocale())("groups.clinic") };
}

export default async function Clinic({ params }: PageProps<"/clinics/[id]">) {
  return <ClinicPage clinicId={(await params).id} />;
}
