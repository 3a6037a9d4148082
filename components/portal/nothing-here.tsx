"use client";
import { Compass } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** What is asked for does not exist, or belongs to another organisation: both look the same, and trying again changes neither. */
export function NothingHere() {
  const t = useTranslations("pages");
  return (
    <EmptyState
      icon={Compass}
      title={t("notFoundTitle")}
      action={
        <Button asChild look="primary">
          <Link href="/orders">{t("toInbox")}</Link>
        </Button>
      }
    >
      {t("notFoundText")}
    </EmptyState>
  );
}
