"use client";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Moment } from "#components/ui/moment.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { ConnectionHealthView, ConnectionView } from "#lib/connections/connection-schema.ts";
import { waitingParts } from "./waiting-parts.ts";

/** What holds a connection up, or will: only what is so now. */
export function ConnectionWarnings({ connection }: { connection: ConnectionView }) {
  const t = useTranslations("connections");
  const { health, vendorName: vendor } = connection;
  const waits = health.nextAttemptAt ?? health.pausedUntil;
  return (
    <>
      {health.breaker === "open" && (
        <Notice tone="warning">
          {t("breakerOpen", { vendor })}
          {waits && <Dated label={t("nextAttempt")} at={waits} />}
        </Notice>
      )}
      {health.breaker === "half_open" && <Notice tone="information">{t("breakerTrying", { vendor })}</Notice>}
      {health.pausedUntil && health.breaker !== "open" && (
        <Notice tone="warning">
          {t("limited", { vendor })}
          <Dated label={t("nextAttempt")} at={health.pausedUntil} />
        </Notice>
      )}
      {health.renewWithinDays !== null && (
        <Notice tone="warning">{t("renewSoon", { days: health.renewWithinDays, vendor })}</Notice>
      )}
      {health.quietSince && (
        <Notice tone="information">
          {t("quiet")}
          <Dated label={t("lastOrder")} at={health.quietSince} />
        </Notice>
      )}
    </>
  );
}

/** What waits for this account, how many calls failed lately, and how last night's comparison went. */
export function ConnectionHealthFacts({ connection }: { connection: ConnectionView }) {
  const t = useTranslations("connections");
  const format = useFormatter();
  const { parked, errorRate, reconciliation } = connection.health;
  const waiting = waitingParts(parked, t);
  const facts: { name: string; value: ReactNode }[] = [];
  if (waiting.length > 0) facts.push({ name: t("waiting"), value: format.list(waiting) });
  if (errorRate) {
    const share = format.number(errorRate, { style: "percent", maximumFractionDigits: errorRate < 0.01 ? 1 : 0 });
    facts.push({ name: t("failedCalls"), value: t("failedCallsShare", { share }) });
  }
  if (reconciliation) facts.push({ name: t("compared"), value: <Compared reconciliation={reconciliation} /> });
  if (facts.length === 0) return null;
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1 text-sm">
      {facts.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Compared({ reconciliation }: { reconciliation: NonNullable<ConnectionHealthView["reconciliation"]> }) {
  const t = useTranslations("connections");
  const { missing, surplus, upstream, found } = reconciliation;
  const same = missing === 0 && surplus === 0;
  return (
    <>
      {same ? t("comparedSame", { count: upstream }) : t("comparedDifferent", { missing, surplus })}
      {found && ` ${t("comparedFound", found)}`}
      <span className="text-muted">
        {" · "}
        <Moment at={reconciliation.at} />
      </span>
    </>
  );
}

function Dated({ label, at }: { label: string; at: string }) {
  return (
    <span className="block text-xs opacity-80">
      {label} <Moment at={at} />
    </span>
  );
}
