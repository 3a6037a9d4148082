"use client";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTranslations } from "use-intl";
import { fetchMore } from "#components/api/fetch-more.ts";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Moment } from "#components/ui/moment.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { AUDIT_ACTIONS, type AuditAction } from "#lib/audit/audit-actions.ts";
import { AUDIT_SUBJECTS, type AuditSubject } from "#lib/audit/audit-subjects.ts";
import { AuditFilterBar, NO_FILTERS } from "./audit-filter-bar.tsx";
import { auditQuery, fetchAudit, settingsKeys } from "./settings-queries.ts";
import { SettingsSection } from "./settings-section.tsx";

/** The trail as it is kept: codes and ids, never patient data. */
export function AuditSection() {
  const t = useTranslations("settings");
  const ui = useTranslations("ui");
  const actions = useTranslations("auditActions");
  const subjects = useTranslations("auditSubjects");
  const [filters, setFilters] = useState(NO_FILTERS);
  const asked = useDeferredValue(filters);
  const trail = useInfiniteQuery({
    queryKey: [...settingsKeys.audit, asked],
    queryFn: ({ pageParam, signal }) => fetchAudit(asked, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextBefore,
    placeholderData: keepPreviousData,
  });
  const entries = trail.data?.pages.flatMap((page) => page.items) ?? [];
  const narrowed = auditQuery(filters).size > 0;
  return (
    <SettingsSection
      title={t("audit")}
      lead={t("auditLead")}
      action={
        <Button asChild size="small">
          <a href={`/api/audit/export?${auditQuery(filters)}`} download>
            <Download aria-hidden className="size-4" />
            {t("auditExport")}
          </a>
        </Button>
      }
    >
      <AuditFilterBar filters={filters} onChange={(change) => setFilters({ ...filters, ...change })} />
      {trail.isPending && <Skeleton className="h-64 w-full" />}
      {trail.error && (
        <Notice tone="problem">
          <ProblemText error={trail.error} />
        </Notice>
      )}
      {trail.isSuccess && entries.length === 0 && (
        <p className="text-muted text-sm">{t(narrowed ? "auditNoMatch" : "auditEmpty")}</p>
      )}
      {entries.length > 0 && (
        <div className="overflow-x-auto">
          <table className="w-full text-sm">
            <thead>
              <tr className="border-b text-left text-muted text-xs">
                {(["when", "who", "action", "subject"] as const).map((column) => (
                  <th key={column} scope="col" className="py-1.5 pr-4 font-medium">
                    {t(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <tr key={entry.seq} className="h-8 border-b last:border-0">
                  <td className="pr-4 whitespace-nowrap">
                    <Moment at={entry.at} exact />
                  </td>
                  <td className="pr-4 whitespace-nowrap">{entry.actor?.name ?? t("system")}</td>
                  <td className="pr-4" title={entry.action}>
                    {isKnown(entry.action) ? actions(entry.action) : t("auditOther", { action: entry.action })}
                  </td>
                  <td className="text-muted whitespace-nowrap">
                    <button
                      type="button"
                      title={entry.subjectId}
                      className="rounded-xs hover:underline"
                      onClick={() => setFilters({ ...NO_FILTERS, subject: entry.subjectId })}
                    >
                      {isSubject(entry.subjectType) ? subjects(entry.subjectType) : entry.subjectType}{" "}
                      <span className="font-mono text-xs">{entry.subjectId.slice(-8)}</span>
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {trail.hasNextPage && (
        <Button size="small" className="mt-3" busy={trail.isFetchingNextPage} onClick={() => void fetchMore(trail)}>
          {ui("loadMore")}
        </Button>
      )}
    </SettingsSection>
  );
}

/** An entry may be older than this portal's list of actions, or newer. */
function isKnown(action: string): action is AuditAction {
  return (AUDIT_ACTIONS as readonly string[]).includes(action);
}

function isSubject(type: string): type is AuditSubject {
  return (AUDIT_SUBJECTS as readonly string[]).includes(type);
}
