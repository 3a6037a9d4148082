"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Facts } from "#components/ui/facts.tsx";
import { Moment } from "#components/ui/moment.tsx";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";
import { OrderDelivery } from "./order-delivery.tsx";
import { Completeness } from "./order-marks.tsx";
import { TeamTags } from "./team-tags.tsx";

const INFO_REQUESTS = { requested: "infoRequested", received: "infoReceived" } as const;

/** The clinic's note, tags, patient code, delivery and where else the order is known: only what there is. */
export function OrderFacts({ order }: { order: OrderDetailView }) {
  const t = useTranslations("orders");
  const status = useTranslations("status");
  const others = order.sources.filter((source) => source.number !== order.number || source.vendor !== order.vendor);
  const completeness = (
    <span className="inline-flex items-center gap-1.5">
      <Completeness order={order} />
      {t(order.completeness)}
    </span>
  );
  const standing =
    order.status === "other"
      ? t("unknownVendorStatus", { vendor: order.vendorName, status: order.vendorStatus })
      : status(order.status);
  const facts: { name: string; value: ReactNode }[] = [
    { name: t("patientCode"), value: order.patientCode },
    { name: t("columnCase"), value: order.patientName && order.caseName !== order.patientName && order.caseName },
    { name: t("clinic"), value: order.clinic && <GroupLink group={order.clinic} /> },
    { name: t("lab"), value: order.lab && <GroupLink group={order.lab} /> },
    { name: t("portalOf"), value: order.portal && <PortalName portal={order.portal} /> },
    { name: t("filterStatus"), value: standing },
    { name: t("filterCompleteness"), value: order.completeness !== "unknown" && completeness },
    { name: t("infoRequest"), value: order.infoRequest !== "none" && t(INFO_REQUESTS[order.infoRequest]) },
    { name: t("changed"), value: order.vendorUpdatedAt && <Moment at={order.vendorUpdatedAt} exact /> },
    { name: t("assignee"), value: order.assignee?.name },
    { name: t("teamTags"), value: order.teamTags.length > 0 && <TeamTags tags={order.teamTags} /> },
    { name: t("sources"), value: others.map((source) => `${source.vendorName} ${source.number}`).join(", ") },
  ];
  return (
    <section aria-labelledby="facts-title">
      <h2 id="facts-title" className="mb-2 font-semibold">
        {t("details")}
      </h2>
      {order.description && (
        <p className="mb-3 rounded-lg bg-sunken px-3 py-2.5 text-sm whitespace-pre-wrap">{order.description}</p>
      )}
      {order.tags.length > 0 && (
        <ul aria-label={t("tags")} className="mb-3 flex flex-wrap gap-1.5">
          {order.tags.map((tag) => (
            <li key={tag} className="rounded-full border px-2 py-0.5 text-muted text-xs">
              {tag}
            </li>
          ))}
        </ul>
      )}
      <Facts facts={facts} />
      {order.datesCorrected && <p className="mt-2 text-pending text-xs">{t("datesCorrected")}</p>}
      <OrderDelivery delivery={order.delivery} />
    </section>
  );
}

function GroupLink({ group }: { group: { id: string | null; name: string } }) {
  if (group.id === null) return group.name;
  return (
    <Link href={`/clinics/${group.id}`} prefetch={false} className="text-accent hover:underline">
      {group.name}
    </Link>
  );
}

/** The scanner portal behind a collector, and when it was emptied last. */
function PortalName({ portal }: { portal: NonNullable<OrderDetailView["portal"]> }) {
  const t = useTranslations("orders");
  return (
    <>
      {[portal.name, portal.account].filter(Boolean).join(" · ")}
      {portal.lastFetchAt && (
        <span className="block text-muted text-xs">
          {t("portalFetched")} <Moment at={portal.lastFetchAt} />
        </span>
      )}
    </>
  );
}
