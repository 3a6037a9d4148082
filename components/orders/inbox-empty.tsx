"use client";
import { useQuery } from "@tanstack/react-query";
import { Inbox, SearchX } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "use-intl";
import { connectionsQuery } from "#components/connections/connections-queries.ts";
import { useMay } from "#components/portal/member-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** Nothing matches the filters. */
export function NoMatch({ onClear }: { onClear: () => void }) {
  const t = useTranslations("orders");
  return (
    <EmptyState
      icon={SearchX}
      title={t("noMatchTitle")}
      action={<Button onClick={onClear}>{t("clearFilters")}</Button>}
    >
      {t("noMatchText")}
    </EmptyState>
  );
}

/** No order at all: says where they will come from. */
export function InboxEmpty() {
  const t = useTranslations("orders");
  const mayConnect = useMay("connect");
  const { data } = useQuery(connectionsQuery());
  const connected = (data?.items.length ?? 0) > 0;
  return (
    <EmptyState
      icon={Inbox}
      title={t("emptyTitle")}
      action={
        mayConnect && !connected ? (
          <Button asChild look="primary" size="large">
            <Link href="/connections">{t("connectAccount")}</Link>
          </Button>
        ) : undefined
      }
    >
      {connected ? t("emptySyncing") : t(mayConnect ? "emptyConnectAdmin" : "emptyConnectMember")}
    </EmptyState>
  );
}
