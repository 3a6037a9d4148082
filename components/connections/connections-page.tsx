"use client";
import { useQuery } from "@tanstack/react-query";
import { Plug } from "lucide-react";
import { useTranslations } from "use-intl";
import { Failed } from "#components/portal/failed.tsx";
import { useMay } from "#components/portal/member-context.tsx";
import { PageHeader } from "#components/portal/page-header.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { ConnectionCard } from "./connection-card.tsx";
import { connectionsQuery } from "./connections-queries.ts";
import { OutcomeBanner } from "./outcome-banner.tsx";
import { VendorOffers } from "./vendor-offers.tsx";

/** The organisation's vendor accounts. Everybody sees how they stand; admins connect and disconnect. */
export function ConnectionsPage() {
  const t = useTranslations("connections");
  const mayConnect = useMay("connect");
  const { data, error, isPending, refetch } = useQuery(connectionsQuery());
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-5xl flex-col gap-5 px-4 py-5 sm:px-6">
          <OutcomeBanner connections={data?.items ?? []} />
          {isPending && <CardsSkeleton />}
          {error && !data && <Failed title={t("failedTitle")} error={error} retry={() => void refetch()} />}
          {data?.items.length === 0 && (
            <EmptyState icon={Plug} title={t("emptyTitle")}>
              {t(mayConnect ? "emptyAdmin" : "emptyMember")}
            </EmptyState>
          )}
          {data && data.items.length > 0 && (
            <section aria-label={t("title")} className="grid grid-cols-1 gap-4 lg:grid-cols-2">
              {data.items.map((connection) => (
                <ConnectionCard
                  key={connection.id}
                  connection={connection}
                  offer={data.vendors.find((offer) => offer.vendor === connection.vendor)}
                />
              ))}
            </section>
          )}
          {data && mayConnect && (
            <section aria-labelledby="add-connection" className="mt-2">
              <h2 id="add-connection" tabIndex={-1} className="font-semibold text-lg">
                {t("add")}
              </h2>
              <p className="mb-3 text-muted">{t("addLead")}</p>
              <VendorOffers offers={data.vendors} />
            </section>
          )}
          {data && !mayConnect && data.items.length > 0 && <p className="text-muted text-sm">{t("adminsOnly")}</p>}
        </div>
      </div>
    </>
  );
}

function CardsSkeleton() {
  return (
    <div aria-busy className="grid grid-cols-1 gap-4 lg:grid-cols-2">
      {["first", "second"].map((place) => (
        <div key={place} className="panel flex h-62 flex-col gap-4 p-4">
          <Skeleton className="h-10 w-64" />
          <Skeleton className="h-10 w-full" />
          <Skeleton className="mt-auto h-8 w-40" />
        </div>
      ))}
    </div>
  );
}
