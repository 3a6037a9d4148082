"use client";
import { useTranslations } from "use-intl";
import { Failed } from "#components/portal/failed.tsx";

export default function PortalErrorPage({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations("pages");
  return <Failed title={t("failedTitle")} error="internal" retry={reset} />;
}
