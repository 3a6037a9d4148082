"use client";
import { CheckCheck } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import type { Outcome } from "./use-outcomes.ts";

/** Behind the last case: what was done with all of them. */
export function TriageEnd(props: {
  outcomes: ReadonlyMap<string, Outcome>;
  onBack: (() => void) | undefined;
  onLeave: () => void;
}) {
  const t = useTranslations("triage");
  const all = [...props.outcomes.values()];
  const count = (outcome: Outcome) => all.filter((one) => one === outcome).length;
  return (
    <div className="grid flex-1 place-items-center">
      <EmptyState
        icon={CheckCheck}
        title={t(all.length > 0 ? "endTitle" : "emptyTitle")}
        action={
          <span className="flex gap-2">
            {props.onBack && <Button onClick={props.onBack}>{t("back")}</Button>}
            <Button look="primary" onClick={props.onLeave}>
              {t("toInbox")}
            </Button>
          </span>
        }
      >
        {all.length > 0
          ? t("endText", {
              accepted: count("accept"),
              rejected: count("reject"),
              skipped: count("skipped"),
              held: count("held"),
            })
          : t("emptyText")}
      </EmptyState>
    </div>
  );
}
