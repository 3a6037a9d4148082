"use client";
import { useTranslations } from "use-intl";
import { buttonLook } from "#components/ui/button-look.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** A page fell over. Every page brings this along, so it is made of almost nothing. */
export function PageFailed({ retry }: { retry: () => void }) {
  const t = useTranslations();
  return (
    <EmptyState
      title={t("pages.failedTitle")}
      action={
        <button type="button" className={buttonLook()} onClick={retry}>
          {t("ui.retry")}
        </button>
      }
    >
      {t("errors.internal")}
    </EmptyState>
  );
}
