"use client";
import { CircleCheck, CircleHelp, CircleX } from "lucide-react";
import { useTranslations } from "use-intl";
import { Facts } from "#components/ui/facts.tsx";
import type { ConnectionFeature, ConnectionView } from "#lib/connections/connection-schema.ts";
import { DetailPanel } from "./detail-panel.tsx";

const STATES = {
  available: { Icon: CircleCheck, look: "text-accepted" },
  not_granted: { Icon: CircleX, look: "text-rejected" },
  not_asked: { Icon: CircleHelp, look: "text-pending" },
  account: { Icon: CircleX, look: "text-rejected" },
} as const;

const NAMES = {
  orders: "featureOrders",
  accept: "featureAccept",
  reject: "featureReject",
  cancel: "featureCancel",
  files: "featureFiles",
  attachments: "featureAttachments",
  order_form: "featureOrderForm",
  cases: "featureCases",
  group: "featureGroup",
  people: "featurePeople",
  portals: "featurePortals",
} as const;

/** What this account can be used for, each with the reason where it cannot, and the rights behind it. */
export function FeaturesPanel({ connection }: { connection: ConnectionView }) {
  const t = useTranslations("connections");
  const { grantedScopes, missingScopes } = connection;
  const known = connection.features.filter((feature) => feature.name in NAMES);
  const asked = grantedScopes.length + missingScopes.length > 0;
  return (
    <DetailPanel title={t("features")}>
      <ul className="grid grid-cols-1 gap-x-4 sm:grid-cols-2">
        {known.map((feature) => (
          <Feature key={feature.name} feature={feature} vendor={connection.vendorName} />
        ))}
      </ul>
      {asked && (
        <Facts
          facts={[
            { name: t("granted"), value: <Rights names={grantedScopes} /> },
            {
              name: t("notGranted"),
              value: missingScopes.length > 0 ? <Rights names={missingScopes} /> : t("nothing"),
            },
          ]}
        />
      )}
    </DetailPanel>
  );
}

function Feature({ feature, vendor }: { feature: ConnectionFeature; vendor: string }) {
  const t = useTranslations("connections");
  const { Icon, look } = STATES[feature.state];
  const reason = {
    available: t("featureAvailable"),
    not_granted: t("featureNotGranted", { vendor, right: feature.scope ?? "" }),
    not_asked: t("featureNotAsked", { vendor }),
    account: t("featureAccount"),
  }[feature.state];
  return (
    <li className={`flex gap-2.5 py-1.5 ${feature.state === "available" ? "" : "sm:col-span-2"}`}>
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${look}`} />
      <div className="min-w-0">
        <p>{t(NAMES[feature.name as keyof typeof NAMES])}</p>
        <p className={feature.state === "available" ? "sr-only" : "text-muted text-xs text-pretty"}>{reason}</p>
        {feature.keptHere && <p className="text-muted text-xs text-pretty">{t("featureKeptHere", { vendor })}</p>}
      </div>
    </li>
  );
}

function Rights({ names }: { names: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1.5">
      {names.map((name) => (
        <code key={name} className="rounded border px-1.5 text-xs">
          {name}
        </code>
      ))}
    </span>
  );
}
