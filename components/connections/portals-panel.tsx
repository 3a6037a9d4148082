"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { Row, Rows } from "#components/settings/settings-section.tsx";
import { Moment } from "#components/ui/moment.tsx";
import type { ConnectionPortal, ConnectionView } from "#lib/connections/connection-schema.ts";
import { portalsQuery } from "./connections-queries.ts";
import { DetailPanel } from "./detail-panel.tsx";

/** Below so many bits per coordinate a jaw loses more than a few µm. */
export const EXACT_BITS = 14;

/** The scanner portals behind a collector: the lab's own accounts with their last fetch, then what else it could collect from. */
export function PortalsPanel({ connection }: { connection: ConnectionView }) {
  const t = useTranslations("connections");
  const portals = useQuery(portalsQuery(connection.id));
  return (
    <DetailPanel title={t("portals")} lead={t("portalsLead", { vendor: connection.vendorName })}>
      <Rows query={portals} empty={t("noPortals")}>
        {(portal: ConnectionPortal) => <Portal key={portal.key} portal={portal} />}
      </Rows>
    </DetailPanel>
  );
}

function Portal({ portal }: { portal: ConnectionPortal }) {
  const t = useTranslations("connections");
  const { name, kindName, lastFetchAt, quantizationBits, axes } = portal;
  if (kindName !== null)
    return (
      <Row title={name} facts={kindName}>
        <span className="text-muted text-sm">
          {lastFetchAt ? (
            <>
              {t("lastFetch")} <Moment at={lastFetchAt} />
            </>
          ) : (
            t("neverFetched")
          )}
        </span>
      </Row>
    );
  const facts = [
    quantizationBits !== null && t("bits", { bits: quantizationBits }),
    axes && t("turned", { axes }),
  ].filter(Boolean);
  return (
    <Row title={name} facts={facts.join(" · ") || t("asTheyCame")}>
      {quantizationBits !== null && quantizationBits < EXACT_BITS && (
        <span className="text-pending text-xs">{t("coarse")}</span>
      )}
    </Row>
  );
}
