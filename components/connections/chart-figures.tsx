"use client";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { useMay } from "#components/portal/member-context.tsx";
import { Moment } from "#components/ui/moment.tsx";
import type { ConnectionView } from "#lib/connections/connection-schema.ts";
import { dropQuery } from "./connections-queries.ts";

/** What a key may do, how often it may be used, and the site through which files travel. */
export function ChartFigures({ connection }: { connection: ConnectionView }) {
  const t = useTranslations("connections");
  const format = useFormatter();
  const { pauseMs, grantedScopes, lastSyncAt } = connection;
  const figures = [
    { name: t("permissions"), value: grantedScopes.join(", ") },
    { name: t("paceNow"), value: pauseMs && t("onceEvery", { seconds: format.number(pauseMs / 1000) }) },
    { name: t("lastCheck"), value: lastSyncAt ? <Moment at={lastSyncAt} /> : t("neverSynced") },
  ];
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-[2fr_1fr_1fr]">
        {figures.map(({ name, value }) => (
          <div key={name} className="min-w-0 first:col-span-2 sm:first:col-span-1">
            <dt className="text-muted text-xs">{name}</dt>
            <dd className="font-medium break-words">{value}</dd>
          </div>
        ))}
      </dl>
      <SftpSite />
    </>
  );
}

/** An office that pins host keys compares this fingerprint once. */
function SftpSite() {
  const t = useTranslations("connections");
  const mayConnect = useMay("connect");
  const { data } = useQuery({ ...dropQuery(), enabled: mayConnect });
  if (!mayConnect || data === undefined) return null;
  return (
    <div className="text-xs">
      <p className="text-muted">{data ? t("sftpSite", { place: `${data.host}:${data.port}` }) : t("noSftpSite")}</p>
      {data?.fingerprint && <p className="mt-0.5 font-mono break-all">{data.fingerprint}</p>}
    </div>
  );
}
