"use client";
import { useTranslations } from "use-intl";

/** How near a due day is, in words: "3 days late", "today", "tomorrow", "in 5 days". */
export function useDaysAway(): (days: number) => string {
  const t = useTranslations("orders");
  return (days) => {
    if (days < 0) return t("overdueDays", { days: -days });
    if (days === 0) return t("dueTodayShort");
    return days === 1 ? t("dueTomorrow") : t("dueInDays", { days });
  };
}
