"use client";
import { ShieldCheck } from "lucide-react";
import { useTranslations } from "use-intl";
import { useMay } from "#components/portal/member-context.tsx";
import { useChange } from "#components/settings/settings-section.tsx";
import { Button } from "#components/ui/button.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { Moment } from "#components/ui/moment.tsx";
import type { ConnectionView } from "#lib/connections/connection-schema.ts";
import { checkConnection, connectionKeys } from "./connections-queries.ts";
import { DetailPanel } from "./detail-panel.tsx";

/** Whose sign-in it is, where, how long it lives, and whether the vendor took it when it was asked last. */
export function SignInPanel({ connection }: { connection: ConnectionView }) {
  const t = useTranslations("connections");
  const mayCheck = useMay("sync");
  const check = useChange(() => checkConnection(connection.id), connectionKeys.all, t("checkDone"));
  const { account, serverName, accessExpiresAt, refreshExpiresAt, createdAt, state } = connection;
  const { check: last } = connection.health;
  const facts = [
    { name: t("account"), value: account },
    ...(serverName === connection.vendorName ? [] : [{ name: t("server"), value: serverName }]),
    { name: t("signInUntil"), value: accessExpiresAt ? <Moment at={accessExpiresAt} /> : t("noExpiry") },
    ...(refreshExpiresAt ? [{ name: t("renewBy"), value: <Moment at={refreshExpiresAt} /> }] : []),
    {
      name: t("checked"),
      value: last ? (
        <span className={last.taken ? "text-accepted" : "text-rejected"}>
          {t(last.taken ? "checkTaken" : "checkRefused")} <Moment at={last.at} className="text-muted" />
        </span>
      ) : (
        t("neverChecked")
      ),
    },
    { name: t("since"), value: <Moment at={createdAt} exact /> },
  ];
  return (
    <DetailPanel
      title={t("signIn")}
      action={
        mayCheck &&
        state === "connected" && (
          <Button size="small" busy={check.isPending} onClick={() => check.mutate(undefined)}>
            <ShieldCheck aria-hidden className="size-3.5" />
            {t("checkNow")}
          </Button>
        )
      }
    >
      <Facts facts={facts} />
    </DetailPanel>
  );
}
