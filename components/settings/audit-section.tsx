"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Moment } from "#components/ui/moment.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { fetchAudit, settingsKeys } from "./settings-queries.ts";
import { SettingsSection } from "./settings-section.tsx";

/** The trail as it is kept: codes and ids, never patient data. */
export function AuditSection() {
  const t = useTranslations("settings");
  const ui = useTranslations("ui");
  const trail = useInfiniteQuery({
    queryKey: settingsKeys.audit,
    queryFn: ({ pageParam, signal }) => fetchAudit(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextBefore,
  });
  const entries = trail.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <SettingsSection title={t("audit")} lead={t("auditLead")}>
      {trail.isPending && <Skeleton className="h-64 w-full" />}
      {trail.error && (
        <Notice tone="problem">
          <ProblemText error={trail.error} />
        </Notice>
      )}
      {trail.isSuccess && entries.length === 0 && <p className="text-muted text-sm">{t("auditEmpty")}</p>}
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
                  <td className="pr-4 font-mono text-xs whitespace-nowrap">{entry.action}</td>
                  <td className="font-mono text-muted text-xs whitespace-nowrap" title={entry.subjectId}>
                    {entry.subjectType} {entry.subjectId.slice(-8)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {trail.hasNextPage && (
        <Button
          size="small"
          className="mt-3"
          busy={trail.isFetchingNextPage}
          onClick={() => void trail.fetchNextPage()}
        >
          {ui("loadMore")}
        </Button>
      )}
    </SettingsSection>
  );
}
