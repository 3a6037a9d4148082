"use client";
import { useFormatter, useTranslations } from "use-intl";
import { Facts } from "#components/ui/facts.tsx";
import { Moment } from "#components/ui/moment.tsx";
import type { ConnectionView } from "#lib/connections/connection-schema.ts";
import { DetailPanel } from "./detail-panel.tsx";
import { waitingParts } from "./waiting-parts.ts";

/** Last night's comparison, number by number, and how the calls of the last hours went. */
export function ComparisonPanel({ connection }: { connection: ConnectionView }) {
  const t = useTranslations("connections");
  const format = useFormatter();
  const { reconciliation, errorRate, breaker, nextAttemptAt, parked, quietSince } = connection.health;
  const waiting = waitingParts(parked, t);
  const health = [
    {
      name: t("errorRate"),
      value:
        errorRate === null
          ? t("noCalls")
          : t("failedCallsShare", { share: format.number(errorRate, { style: "percent", maximumFractionDigits: 1 }) }),
    },
    { name: t("breaker"), value: t(BREAKERS[breaker]) },
    { name: t("nextAttempt"), value: nextAttemptAt ? <Moment at={nextAttemptAt} /> : t("waitsForPerson") },
    { name: t("waiting"), value: waiting.length > 0 ? format.list(waiting) : t("nothing") },
    { name: t("rhythm"), value: quietSince ? <Moment at={quietSince} /> : t("asUsual") },
  ];
  return (
    <>
      <DetailPanel title={t("health")}>
        <Facts facts={health} />
      </DetailPanel>
      <DetailPanel title={t("comparison")} lead={t("comparisonLead")}>
        {reconciliation ? (
          <Facts
            facts={[
              { name: t("compared"), value: <Moment at={reconciliation.at} exact /> },
              { name: t("ordersUpstream"), value: format.number(reconciliation.upstream) },
              { name: t("ordersHere"), value: format.number(reconciliation.here) },
              { name: t("missingHere"), value: format.number(reconciliation.missing) },
              { name: t("goneThere"), value: format.number(reconciliation.surplus) },
              ...(reconciliation.found
                ? [{ name: t("readAgain"), value: t("comparedFound", reconciliation.found) }]
                : reconciliation.missing > 0
                  ? [{ name: t("readAgain"), value: t("readAgainPending") }]
                  : []),
            ]}
          />
        ) : (
          <p className="text-muted text-sm">{t("notCompared")}</p>
        )}
      </DetailPanel>
    </>
  );
}

const BREAKERS = { closed: "breakerClosed", open: "breakerIsOpen", half_open: "breakerHalfOpen" } as const;
