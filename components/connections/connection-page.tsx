"use client";
import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { GroupProfile, ProfileSkeleton } from "#components/groups/group-profile.tsx";
import { ownGroupQuery } from "#components/groups/groups-queries.ts";
import { Failed } from "#components/portal/failed.tsx";
import { useMay } from "#components/portal/member-context.tsx";
import { NothingHere } from "#components/portal/nothing-here.tsx";
import { PageHeader } from "#components/portal/page-header.tsx";
import type { ConnectionView, VendorOffer } from "#lib/connections/connection-schema.ts";
import { ComparisonPanel } from "./comparison-panel.tsx";
import { ConnectionCard } from "./connection-card.tsx";
import { connectionsQuery } from "./connections-queries.ts";
import { FeaturesPanel } from "./features-panel.tsx";
import { PersonPanel } from "./person-panel.tsx";
import { PortalsPanel } from "./portals-panel.tsx";
import { SignInPanel } from "./sign-in-panel.tsx";
import { UnmappedPanel } from "./unmapped-panel.tsx";

/** All that is known of one account: its health, its sign-in, what it may do, and who it is at the vendor. */
export function ConnectionPage({ connectionId }: { connectionId: string }) {
  const t = useTranslations("connections");
  const { data, error, isPending, refetch } = useQuery(connectionsQuery());
  const connection = data?.items.find((one) => one.id === connectionId);
  return (
    <>
      <PageHeader title={t("one")} />
      <div className="relative min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-5xl flex-col gap-4 px-4 py-5 sm:px-6">
          <Link href="/connections" className="flex items-center gap-1 self-start text-accent text-sm">
            <ArrowLeft aria-hidden className="size-4" />
            {t("title")}
          </Link>
          {isPending && <ProfileSkeleton />}
          {error && !data && <Failed title={t("failedTitle")} error={error} retry={() => void refetch()} />}
          {data && !connection && <NothingHere />}
          {connection && (
            <Panels connection={connection} offer={data?.vendors.find((one) => one.vendor === connection.vendor)} />
          )}
        </div>
      </div>
    </>
  );
}

function Panels({ connection, offer }: { connection: ConnectionView; offer: VendorOffer | undefined }) {
  const mayDecide = useMay("decide");
  const isAdmin = useMay("connect");
  const has = (name: string) => connection.features.some((one) => one.name === name && one.state === "available");
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
      <div className="flex min-w-0 flex-col gap-4">
        <ConnectionCard connection={connection} offer={offer} isWhole />
        <SignInPanel connection={connection} />
        <FeaturesPanel connection={connection} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        {has("group") && <OwnGroup connection={connection} />}
        <ComparisonPanel connection={connection} />
        {has("portals") && <PortalsPanel connection={connection} />}
        {has("people") && mayDecide && <PersonPanel connection={connection} />}
        {isAdmin && <UnmappedPanel connection={connection} />}
      </div>
    </div>
  );
}

function OwnGroup({ connection }: { connection: ConnectionView }) {
  const { data: profile } = useQuery(ownGroupQuery(connection.id));
  if (!profile) return <ProfileSkeleton />;
  return <GroupProfile profile={profile} title={<h2 className="font-semibold text-lg">{profile.name}</h2>} />;
}
