"use client";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { ArrowLeft, FileJson } from "lucide-react";
import { useMemo, useSyncExternalStore } from "react";
import { useTranslations } from "use-intl";
import { fetchApi } from "#components/api/fetch-api.ts";
import { Failed } from "#components/portal/failed.tsx";
import { PageHeader } from "#components/portal/page-header.tsx";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { OperationDetail } from "./operation-detail.tsx";
import { OperationList } from "./operation-list.tsx";
import { type ApiDocument, readOperations } from "./read-document.ts";

const documentQuery = () =>
  queryOptions({
    queryKey: ["api-document"],
    queryFn: ({ signal }) => fetchApi<ApiDocument>("/api/openapi.json", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

function subscribe(listener: () => void) {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

/** The API as it describes itself, to be read and tried out: the list beside one operation, on a phone one after the other. */
export function ApiReferencePage() {
  const t = useTranslations("apiReference");
  const { data: document, error, refetch } = useQuery(documentQuery());
  const operations = useMemo(() => (document ? readOperations(document) : []), [document]);
  const hash = useSyncExternalStore(
    subscribe,
    () => decodeURIComponent(window.location.hash.slice(1)),
    () => "",
  );
  const open = operations.find((one) => one.id === hash) ?? null;
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <Button asChild size="small" className="max-sm:hidden">
            <a href="/api/openapi.json" target="_blank" rel="noreferrer">
              <FileJson aria-hidden className="size-4" />
              {t("document")}
            </a>
          </Button>
        }
      />
      {error && !document ? (
        <Failed title={t("failed")} error={error} retry={() => void refetch()} />
      ) : (
        <div className="flex min-h-0 flex-1">
          <div
            className={classNames(
              "min-h-0 w-full flex-col border-r bg-surface md:flex md:w-96",
              open ? "hidden" : "flex",
            )}
          >
            {document ? <OperationList operations={operations} openId={open?.id ?? null} /> : <ListSkeleton />}
          </div>
          <div className={classNames("relative min-h-0 flex-1 overflow-y-auto", open ? "" : "max-md:hidden")}>
            <div className="mx-auto flex max-w-3xl flex-col gap-4 px-4 py-5 sm:px-6">
              {open && document ? (
                <>
                  <Button
                    look="quiet"
                    size="small"
                    className="self-start md:hidden"
                    onClick={() => {
                      window.location.hash = "";
                    }}
                  >
                    <ArrowLeft aria-hidden className="size-4" />
                    {t("operations")}
                  </Button>
                  <OperationDetail document={document} operation={open} />
                </>
              ) : (
                <Introduction />
              )}
            </div>
          </div>
        </div>
      )}
    </>
  );
}

function Introduction() {
  const t = useTranslations("apiReference");
  return (
    <div className="flex flex-col gap-3 text-pretty">
      <h2 className="font-semibold text-lg">{t("introTitle")}</h2>
      <p>{t("introSession")}</p>
      <p>{t("introVendors")}</p>
      <p>{t("introErrors")}</p>
      <p className="text-muted">{t("choose")}</p>
    </div>
  );
}

function ListSkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-2 p-3">
      <Skeleton className="h-8 w-full" />
      {Array.from({ length: 12 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places that hold nothing
        <Skeleton key={row} className="h-7 w-full" />
      ))}
    </div>
  );
}
