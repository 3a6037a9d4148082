"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { SelectField } from "#components/ui/field.tsx";
import { REASON_GROUPS } from "#lib/reasons/reason-codes.ts";
import { reasonsQuery } from "./reasons-queries.ts";

/** One of the organisation's reasons, by group. */
export function ReasonField(props: { value: string; onChange: (code: string) => void; problem?: string | undefined }) {
  const t = useTranslations("reasons");
  const decisions = useTranslations("decisions");
  const offered = (useQuery(reasonsQuery()).data?.items ?? []).filter(({ off }) => !off);
  const groups = REASON_GROUPS.map((group) => ({
    label: t(`groups.${group}`),
    options: offered.filter((reason) => reason.group === group).map(({ code, label }) => ({ value: code, label })),
  })).filter(({ options }) => options.length > 0);
  return (
    <SelectField
      label={decisions("reason")}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
      problem={props.problem}
      options={[{ value: "", label: "–" }]}
      groups={groups}
    />
  );
}
