import { Compass } from "lucide-react";
import Link from "next/link";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { requestLocale } from "#lib/i18n/request-locale.ts";
import { translatorFor } from "#lib/i18n/translator.ts";

export default async function NotFound() {
  const t = translatorFor(await requestLocale());
  return (
    <EmptyState
      icon={Compass}
      title={t("pages.notFoundTitle")}
      action={
        <Button asChild look="primary">
          <Link href="/orders">{t("pages.toInbox")}</Link>
        </Button>
      }
    >
      {t("pages.notFoundText")}
    </EmptyState>
  );
}
