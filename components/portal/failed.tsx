"use client";
import { CircleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ProblemText } from "./problem-text.tsx";

/** Something could not be loaded: why, and a way to try again. */
export function Failed({ title, error, retry }: { title: string; error: unknown; retry: () => void }) {
  const t = useTranslations("ui");
  return (
    <EmptyState icon={CircleAlert} title={title} action={<Button onClick={retry}>{t("retry")}</Button>}>
      <ProblemText error={error} />
    </EmptyState>
  );
}
