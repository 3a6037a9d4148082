"use client";
import { Compass } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { buttonLook } from "#components/ui/button-look.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** What is asked for does not exist, or belongs to another organisation: both look the same, and trying again changes neither. */
export function NothingHere() {
  const t = useTranslations("pages");
  return (
    <EmptyState
      icon={Compass}
      title={t("notFoundTitle")}
      action={
        <Link href="/orders" className={buttonLook("primary")}>
          {t("toInbox")}
        </Link>
      }
    >
      {t("notFoundText")}
    </EmptyState>
  );
}
