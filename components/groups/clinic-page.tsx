"use client";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ArrowLeft, Inbox } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { fetchMore } from "#components/api/fetch-more.ts";
import { Problem } from "#components/api/problem.ts";
import { OrderCard } from "#components/orders/order-card.tsx";
import { type OrderFilters, readFilters } from "#components/orders/order-filters.ts";
import { VendorMark } from "#components/orders/order-marks.tsx";
import { inboxPath, orderPath } from "#components/orders/order-path.ts";
import { orderListQuery } from "#components/orders/orders-queries.ts";
import { Failed } from "#components/portal/failed.tsx";
import { NothingHere } from "#components/portal/nothing-here.tsx";
import { PageHeader } from "#components/portal/page-header.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Moment } from "#components/ui/moment.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { ClinicView } from "#lib/groups/group-schema.ts";
import { GroupProfile, ProfileSkeleton } from "./group-profile.tsx";
import { clinicQuery } from "./groups-queries.ts";

/** Who is on the other side of orders, how to reach them, and what they ordered. */
export function ClinicPage({ clinicId }: { clinicId: string }) {
  const t = useTranslations("groups");
  const { data: clinic, error, refetch } = useQuery(clinicQuery(clinicId));
  return (
    <>
      <PageHeader title={t(clinic?.kind === "lab" ? "lab" : "clinic")} />
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-3xl flex-col gap-4 px-4 py-5 sm:px-6">
          <Link href="/orders" className="flex items-center gap-1 self-start text-accent text-sm">
            <ArrowLeft aria-hidden className="size-4" />
            {t("toInbox")}
          </Link>
          {error instanceof Problem && error.status === 404 ? (
            <NothingHere />
          ) : error && !clinic ? (
            <Failed title={t("failed")} error={error} retry={() => void refetch()} />
          ) : clinic ? (
            <Clinic clinic={clinic} />
          ) : (
            <ProfileSkeleton />
          )}
        </div>
      </div>
    </>
  );
}

function Clinic({ clinic }: { clinic: ClinicView }) {
  const t = useTranslations("groups");
  const format = useFormatter();
  const { total, open, lastReceivedAt } = clinic.orders;
  const figures = [
    { name: t("orders"), value: format.number(total) },
    { name: t("open"), value: format.number(open) },
    { name: t("lastOrder"), value: lastReceivedAt ? <Moment at={lastReceivedAt} /> : t("none") },
    { name: t("via"), value: <VendorMark vendor={clinic.vendor} name={clinic.vendorName} withName /> },
  ];
  return (
    <>
      <GroupProfile profile={clinic} title={<h2 className="font-semibold text-lg">{clinic.name}</h2>} />
      <dl className="panel grid grid-cols-2 gap-x-4 gap-y-2 p-4 sm:grid-cols-4">
        {figures.map(({ name, value }) => (
          <div key={name}>
            <dt className="text-muted text-xs">{name}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      {clinic.kind !== "lab" && <Orders clinic={clinic} />}
    </>
  );
}

function Orders({ clinic }: { clinic: ClinicView }) {
  const t = useTranslations("groups");
  const ui = useTranslations("ui");
  const filters: OrderFilters = { ...readFilters(new URLSearchParams()), clinic: [clinic.id] };
  const list = useInfiniteQuery(orderListQuery(filters));
  const orders = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="clinic-orders">
      <header className="mb-2 flex items-center gap-2">
        <h2 id="clinic-orders" className="flex-1 font-semibold">
          {t("itsOrders")}
        </h2>
        <Button asChild size="small">
          <Link href={inboxPath(filters)}>{t("inInbox")}</Link>
        </Button>
      </header>
      {list.isPending && <Skeleton className="h-40 w-full" />}
      {list.data && orders.length === 0 && (
        <EmptyState icon={Inbox} title={t("noOrders")}>
          {t("noOrdersText")}
        </EmptyState>
      )}
      {orders.length > 0 && (
        <ul className="panel overflow-hidden">
          {orders.map((order) => (
            <li key={order.id}>
              <OrderCard order={order} href={orderPath(order.id, filters)} />
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <div className="mt-3 flex justify-center">
          <Button size="small" busy={list.isFetchingNextPage} onClick={() => void fetchMore(list)}>
            {ui("loadMore")}
          </Button>
        </div>
      )}
    </section>
  );
}
