"use client";
import { useQuery } from "@tanstack/react-query";
import { FolderSearch } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { connectionsQuery } from "#components/connections/connections-queries.ts";
import { Failed } from "#components/portal/failed.tsx";
import { PageHeader } from "#components/portal/page-header.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { ConnectionView } from "#lib/connections/connection-schema.ts";
import { CaseDetail } from "./case-detail.tsx";
import { CaseList } from "./case-list.tsx";
import { CaseSearch } from "./case-search.tsx";
import { type CaseWishes, casesQuery, NO_WISHES } from "./cases-queries.ts";

/** The vendor's own cases, ordered for or not: what the inbox cannot show because no order came. */
export function CasesPage() {
  const t = useTranslations("cases");
  const { data, error, isPending, refetch } = useQuery(connectionsQuery());
  const [chosen, setChosen] = useState<string | null>(null);
  const able =
    data?.items.filter((one) => one.features.some((f) => f.name === "cases" && f.state === "available")) ?? [];
  const connection = able.find((one) => one.id === chosen) ?? able[0];
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-6xl flex-col gap-4 px-4 py-5 sm:px-6">
          <p className="text-muted text-pretty">{t("lead")}</p>
          {isPending && <Skeleton className="h-56 w-full" />}
          {error && !data && <Failed title={t("failed")} error={error} retry={() => void refetch()} />}
          {data && !connection && (
            <EmptyState
              icon={FolderSearch}
              title={t("emptyTitle")}
              action={
                <Button asChild>
                  <Link href="/connections">{t("toConnections")}</Link>
                </Button>
              }
            >
              {t("emptyText")}
            </EmptyState>
          )}
          {able.length > 1 && (
            <div className="max-w-sm">
              <SelectField
                label={t("account")}
                value={connection?.id}
                onChange={(event) => setChosen(event.target.value)}
                options={able.map((one) => ({
                  value: one.id,
                  label: `${one.vendorName} · ${one.groupName ?? one.account}`,
                }))}
              />
            </div>
          )}
          {connection && <CasesOf key={connection.id} connection={connection} />}
        </div>
      </div>
    </>
  );
}

function CasesOf({ connection }: { connection: ConnectionView }) {
  const t = useTranslations("cases");
  const [wishes, setWishes] = useState<CaseWishes>(NO_WISHES);
  const [open, setOpen] = useState<string | null>(null);
  const { data, error, isFetching, refetch } = useQuery(casesQuery(connection.id, wishes));
  return (
    <>
      <CaseSearch
        wishes={wishes}
        statuses={data?.statuses ?? []}
        withCode={connection.side === "clinic"}
        busy={isFetching}
        onSearch={(next) => {
          setWishes(next);
          setOpen(null);
        }}
      />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_minmax(0,26rem)]">
        {error && !data ? (
          <Failed title={t("failed")} error={error} retry={() => void refetch()} />
        ) : data ? (
          <CaseList page={data} openKey={open} onOpen={setOpen} onPage={(page) => setWishes({ ...wishes, page })} />
        ) : (
          <Skeleton className="h-96 w-full" />
        )}
        {open ? (
          <CaseDetail connectionId={connection.id} caseKey={open} onClose={() => setOpen(null)} />
        ) : (
          <p className="panel hidden p-6 text-center text-muted text-sm lg:block">{t("choose")}</p>
        )}
      </div>
    </>
  );
}
