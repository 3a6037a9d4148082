"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { AUDIT_ACTIONS } from "#lib/audit/audit-actions.ts";
import { type AuditFilters, membersQuery } from "./settings-queries.ts";

export const NO_FILTERS: AuditFilters = { actor: "", action: "", from: "", to: "", subject: "" };

export function AuditFilterBar(props: { filters: AuditFilters; onChange: (change: Partial<AuditFilters>) => void }) {
  const t = useTranslations("settings");
  const actions = useTranslations("auditActions");
  const members = useQuery(membersQuery()).data?.items ?? [];
  const { filters, onChange } = props;
  const box = "field-box h-9 min-w-0 px-2 text-sm";
  return (
    <search aria-label={t("auditFilters")} className="mb-3 grid gap-2 sm:grid-cols-2 lg:grid-cols-4">
      <select
        aria-label={t("who")}
        className={box}
        value={filters.actor}
        onChange={(event) => onChange({ actor: event.target.value })}
      >
        <option value="">{t("auditEverybody")}</option>
        <option value="system">{t("system")}</option>
        {members.map((member) => (
          <option key={member.userId} value={member.userId}>
            {member.name}
          </option>
        ))}
      </select>
      <select
        aria-label={t("action")}
        className={box}
        value={filters.action}
        onChange={(event) => onChange({ action: event.target.value as AuditFilters["action"] })}
      >
        <option value="">{t("auditAllActions")}</option>
        {AUDIT_ACTIONS.map((action) => (
          <option key={action} value={action}>
            {actions(action)}
          </option>
        ))}
      </select>
      {(["from", "to"] as const).map((end) => (
        <label key={end} className="flex min-w-0 items-center gap-2 text-muted text-sm">
          <span className="w-8 shrink-0">{t(end === "from" ? "auditFrom" : "auditTo")}</span>
          <input
            type="date"
            className={`${box} flex-1 text-text`}
            value={filters[end]}
            onChange={(event) => onChange({ [end]: event.target.value })}
          />
        </label>
      ))}
      <input
        type="search"
        aria-label={t("auditSubject")}
        placeholder={t("auditSubject")}
        className={`${box} sm:col-span-2 lg:col-span-3`}
        value={filters.subject}
        onChange={(event) => onChange({ subject: event.target.value })}
      />
      <Button
        look="quiet"
        disabled={Object.values(filters).every((value) => value === "")}
        onClick={(event) => {
          onChange(NO_FILTERS);
          event.currentTarget.closest("search")?.querySelector("select")?.focus(); // the button goes grey
        }}
      >
        {t("auditClear")}
      </Button>
    </search>
  );
}
