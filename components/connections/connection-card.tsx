"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { VendorMark } from "#components/orders/order-marks.tsx";
import { useMay } from "#components/portal/member-context.tsx";
import { useProblemSentence } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Moment } from "#components/ui/moment.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { useToast } from "#components/ui/toast.tsx";
import type { ConnectionView, VendorOffer } from "#lib/connections/connection-schema.ts";
import { ChartFigures } from "./chart-figures.tsx";
import { ConnectionHealthFacts, ConnectionWarnings } from "./connection-health.tsx";
import { ConnectionState } from "./connection-state.tsx";
import { authorizeAddress, connectionKeys, syncConnection } from "./connections-queries.ts";
import { CredentialsDialog } from "./credentials-dialog.tsx";
import { DisconnectDialog } from "./disconnect-dialog.tsx";
import { PasswordGrantDialog } from "./password-grant-dialog.tsx";

type Props = {
  connection: ConnectionView;
  offer: VendorOffer | undefined;
  /** Stands on the connection's own page, where the rest is told in full beside it. */
  isWhole?: boolean;
};

/** One account: whose it is, how it stands, how fresh its orders are, and what it can do. */
export function ConnectionCard({ connection, offer, isWhole }: Props) {
  const t = useTranslations("connections");
  const sentence = useProblemSentence();
  const unmapped = Object.keys(connection.unmappedKeys).length;
  return (
    <article aria-label={`${connection.vendorName} ${connection.account}`} className="panel flex flex-col gap-4 p-4">
      <header className="flex items-start gap-3">
        <span className="mt-0.5 [&_img]:size-8 [&_img]:rounded-lg">
          <VendorMark vendor={connection.vendor} name={connection.vendorName} />
        </span>
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold">{connection.groupName ?? connection.account}</h2>
          <p className="truncate text-muted text-sm">
            {connection.vendorName} · {t(connection.side === "lab" ? "sideLab" : "sideClinic")}
            {connection.groupName && ` · ${connection.account}`}
          </p>
        </div>
        <ConnectionState state={connection.state} />
      </header>
      {offer?.brings.includes("charts") ? (
        <ChartFigures connection={connection} />
      ) : (
        <Figures connection={connection} />
      )}
      {connection.problem && (
        <Notice tone={connection.state === "reconnect_needed" ? "problem" : "warning"}>
          {sentence(connection.problem)}
          {connection.problemAt && (
            <span className="block text-xs opacity-80">
              <Moment at={connection.problemAt} />
            </span>
          )}
        </Notice>
      )}
      <ConnectionWarnings connection={connection} />
      {connection.missingScopes.length > 0 && (
        <Notice tone="warning">
          {t(offer?.auth === "key" ? "missingPermissions" : "missingScopes", {
            scopes: connection.missingScopes.join(", "),
          })}
        </Notice>
      )}
      {connection.sync ? (
        <SyncProgress sync={connection.sync} />
      ) : (
        <Capabilities capabilities={connection.capabilities} />
      )}
      {!isWhole && <ConnectionHealthFacts connection={connection} />}
      {!isWhole && unmapped > 0 && <p className="text-muted text-xs">{t("unmapped", { count: unmapped })}</p>}
      <CardActions connection={connection} offer={offer} isWhole={isWhole} />
    </article>
  );
}

function Figures({ connection }: { connection: ConnectionView }) {
  const t = useTranslations("connections");
  const format = useFormatter();
  const expiry = connection.refreshExpiresAt ?? connection.accessExpiresAt;
  const figures = [
    { name: t("ordersHere"), value: format.number(connection.ordersHere) },
    {
      name: t("ordersUpstream"),
      value: connection.ordersUpstream === null ? t("notCounted") : format.number(connection.ordersUpstream),
    },
    { name: t("lastSync"), value: connection.lastSyncAt ? <Moment at={connection.lastSyncAt} /> : t("neverSynced") },
    {
      name: t(connection.refreshExpiresAt ? "renewBy" : "signInUntil"),
      value: expiry ? <Moment at={expiry} /> : t("noExpiry"),
    },
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-2 sm:grid-cols-4">
      {figures.map(({ name, value }) => (
        <div key={name}>
          <dt className="text-muted text-xs">{name}</dt>
          <dd className="font-medium">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Stands where the capabilities are otherwise, so that the card keeps its size when a run begins. */
function SyncProgress({ sync }: { sync: NonNullable<ConnectionView["sync"]> }) {
  const t = useTranslations("connections");
  const { total } = sync;
  const seen = Math.min(sync.seen, total ?? sync.seen); // an overlap is read twice
  const share = total ? Math.min(100, (seen / total) * 100) : null;
  return (
    <div className="flex h-6 items-center gap-3 text-muted text-xs">
      <span
        role="progressbar"
        aria-label={t("lastSync")}
        aria-valuenow={share ?? undefined}
        className="h-1.5 w-32 overflow-hidden rounded-full bg-line"
      >
        <span
          className={classNames("block h-full rounded-full bg-accent", share === null && "pulse-soft")}
          style={{ width: `${share ?? 100}%` }}
        />
      </span>
      {total === null ? t("syncing", { seen }) : t("syncingOf", { seen, total })}
    </div>
  );
}

const CAPABILITIES = {
  accept: "capAccept",
  reject: "capReject",
  cancel: "capCancel",
  files: "capFiles",
  attachments: "capAttachments",
  order_form: "capOrderForm",
  charts: "capCharts",
} as const;

function Capabilities({ capabilities }: { capabilities: readonly string[] }) {
  const t = useTranslations("connections");
  const known = capabilities.filter((name): name is keyof typeof CAPABILITIES => name in CAPABILITIES);
  if (known.length === 0) return null;
  return (
    <p className="flex min-h-6 flex-wrap items-center gap-1.5 text-muted text-xs">
      {t("can")}
      {known.map((name) => (
        <span key={name} className="rounded-full border px-2 py-0.5">
          {t(CAPABILITIES[name])}
        </span>
      ))}
    </p>
  );
}

function CardActions({ connection, offer, isWhole }: Props) {
  const t = useTranslations("connections");
  const sentence = useProblemSentence();
  const toast = useToast();
  const queryClient = useQueryClient();
  const maySync = useMay("sync");
  const mayConnect = useMay("connect");
  const [open, setOpen] = useState<"disconnect" | "credentials" | "grant" | null>(null);
  const sync = useMutation({
    mutationFn: () => syncConnection(connection.id),
    onSuccess: () =>
      toast("information", t(offer?.brings.includes("orders") === false ? "checkRequested" : "syncRequested")),
    onError: (error) => toast("problem", sentence(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: connectionKeys.all }),
  });
  const server = offer?.servers.find((s) => s.region === connection.region) ?? offer?.servers[0];
  const needed = connection.state === "reconnect_needed";
  const advised = connection.missingScopes.length > 0 || connection.health.renewWithinDays !== null;
  return (
    <footer className="mt-auto flex flex-wrap gap-2">
      {mayConnect && offer?.auth === "oauth" && server && (needed || advised) && (
        <Button asChild look={needed ? "primary" : "plain"}>
          <a href={authorizeAddress(server.id, connection.id)}>{t("reconnect")}</a>
        </Button>
      )}
      {mayConnect && offer?.passwordGrant && needed && (
        <Button onClick={() => setOpen("grant")}>{t("withPassword")}</Button>
      )}
      {mayConnect && offer?.auth !== "oauth" && offer && (needed || advised) && (
        <Button look={needed ? "primary" : "plain"} onClick={() => setOpen("credentials")}>
          {t("reconnect")}
        </Button>
      )}
      {maySync && connection.state === "connected" && (
        <Button busy={sync.isPending || connection.sync !== null} onClick={() => sync.mutate()}>
          <RefreshCw aria-hidden className="size-4" />
          {t(offer?.brings.includes("orders") === false ? "checkNow" : "syncNow")}
        </Button>
      )}
      {!isWhole && (
        <Button asChild>
          <Link href={`/connections/${connection.id}`}>{t("detailsOf")}</Link>
        </Button>
      )}
      {mayConnect && (
        <Button look="quiet" onClick={() => setOpen("disconnect")}>
          {t("disconnect")}
        </Button>
      )}
      {open === "disconnect" && <DisconnectDialog connection={connection} onClose={() => setOpen(null)} />}
      {open === "grant" && offer && (
        <PasswordGrantDialog offer={offer} renews={connection} onClose={() => setOpen(null)} />
      )}
      {open === "credentials" && offer && (
        <CredentialsDialog offer={offer} renews={connection} onClose={() => setOpen(null)} />
      )}
    </footer>
  );
}
