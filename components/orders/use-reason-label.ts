"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { REASON_GROUPS } from "#lib/reasons/reason-codes.ts";
import { reasonsQuery } from "./reasons-queries.ts";

/** What a reason kept with an order is called: "Scan missing: Bite missing". Somebody's own words stay as they are. */
export function useReasonLabel(): (code: string) => string {
  const t = useTranslations("reasons");
  const items = useQuery(reasonsQuery()).data?.items ?? [];
  return (code) => {
    const known = items.find((reason) => reason.code === code);
    if (known) return t("full", { group: t(`groups.${known.group}`), label: known.label });
    const group = REASON_GROUPS.find((one) => one === code);
    return group ? t(`groups.${group}`) : code;
  };
}
