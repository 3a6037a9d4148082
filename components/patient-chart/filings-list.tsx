"use client";
import { useQuery } from "@tanstack/react-query";
import { CircleAlert, FileCheck2, FileClock, FileX2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { Moment } from "#components/ui/moment.tsx";
import type { FilingView } from "#lib/documents/document-schema.ts";
import { filingsQuery } from "./patient-chart-queries.ts";

export const KIND_WORDS = { order_form: "kindOrderForm", picture: "kindPicture", delivery_note: "kindNote" } as const;

const STATES = {
  sending: { Icon: FileClock, look: "text-pending", word: "stateSending" },
  filed: { Icon: FileCheck2, look: "text-accepted", word: "stateFiled" },
  failed: { Icon: CircleAlert, look: "text-rejected", word: "stateFailed" },
  removed: { Icon: FileX2, look: "text-muted", word: "stateRemoved" },
} as const;

/** What of the order is in the chart, newest first. */
export function FilingsList({ orderId }: { orderId: string }) {
  const t = useTranslations("patientChart");
  const { data } = useQuery(filingsQuery(orderId));
  if (!data || data.items.length === 0) return null;
  return (
    <ul aria-label={t("filings")} className="border-t pt-1">
      {data.items.map((filing) => (
        <Filing key={filing.id} filing={filing} />
      ))}
    </ul>
  );
}

function Filing({ filing }: { filing: FilingView }) {
  const t = useTranslations("patientChart");
  const { Icon, look, word } = STATES[filing.state];
  return (
    <li className="flex items-start gap-2.5 py-1.5 text-sm">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${look}`} />
      <div className="min-w-0 flex-1">
        <p>{t(KIND_WORDS[filing.kind])}</p>
        <p className={`text-xs ${filing.state === "filed" ? "text-muted" : look}`}>
          {filing.state === "filed" && filing.documentKey ? t("stateFiledAs", { number: filing.documentKey }) : t(word)}
          {" · "}
          <Moment at={filing.filedAt ?? filing.createdAt} />
        </p>
      </div>
    </li>
  );
}
