"use client";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "use-intl";
import { formatBytes } from "#components/orders/format-bytes.ts";
import { Failed } from "#components/portal/failed.tsx";
import { PrescriptionPanel } from "#components/prescription/prescription-panel.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Facts } from "#components/ui/facts.tsx";
import { Moment } from "#components/ui/moment.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { WholeCaseView } from "#lib/cases/case-schema.ts";
import { caseQuery } from "./cases-queries.ts";

/** One case: what its form asks for, its files, and the way to its order. */
export function CaseDetail(props: { connectionId: string; caseKey: string; onClose: () => void }) {
  const t = useTranslations("cases");
  const { data, error, refetch } = useQuery(caseQuery(props.connectionId, props.caseKey));
  return (
    <section aria-label={t("one")} className="panel flex flex-col gap-4 p-4">
      <header className="flex items-start gap-2">
        <h2 className="min-w-0 flex-1 font-semibold text-lg break-words">
          {data ? (data.name ?? t("noName")) : t("one")}
        </h2>
        <IconButton label={t("close")} onClick={props.onClose}>
          <X aria-hidden className="size-4" />
        </IconButton>
      </header>
      {error && !data ? (
        <Failed title={t("failed")} error={error} retry={() => void refetch()} />
      ) : data ? (
        <Case one={data} />
      ) : (
        <Skeleton className="h-96 w-full" />
      )}
    </section>
  );
}

function Case({ one }: { one: WholeCaseView }) {
  const t = useTranslations("cases");
  const format = useFormatter();
  const facts = [
    { name: t("patient"), value: one.patientName },
    { name: t("patientCode"), value: one.patientCode },
    { name: t("status"), value: one.status },
    { name: t("created"), value: one.createdAt && <Moment at={one.createdAt} exact /> },
    { name: t("scanned"), value: one.scannedAt ? <Moment at={one.scannedAt} exact /> : t("notScanned") },
    { name: t("tags"), value: one.tags.join(", ") },
  ];
  return (
    <>
      <Facts facts={facts} />
      {one.orderId ? (
        <Button asChild className="self-start">
          <Link href={`/orders/${one.orderId}`}>{t("toOrder")}</Link>
        </Button>
      ) : (
        <p className="text-muted text-sm">{t("noOrder")}</p>
      )}
      <PrescriptionPanel order={{ prescription: one.prescription, contradictions: [] }} />
      <div>
        <h3 className="mb-1 font-semibold">{t("files")}</h3>
        {one.files.length === 0 && <p className="text-muted text-sm">{t("noFiles")}</p>}
        <ul className="divide-y">
          {one.files.map((file) => (
            <li key={file.key} className="flex items-baseline gap-3 py-1.5 text-sm">
              <span className="min-w-0 flex-1 truncate" title={file.name}>
                {file.name}
              </span>
              {file.biteGroup && <span className="text-muted text-xs">{file.biteGroup}</span>}
              {file.bytes !== null && (
                <span className="shrink-0 text-muted text-xs tabular-nums">
                  {formatBytes(file.bytes, (value, unit) =>
                    format.number(value, { style: "unit", unit, maximumFractionDigits: 1 }),
                  )}
                </span>
              )}
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
