"use client";
import { useFormatter, useTranslations } from "use-intl";
import type { LabCaseView } from "#lib/documents/document-schema.ts";
import type { OrderDetailView } from "#lib/orders/order-schema.ts";

const STATUS = { created: "labCreated", sent: "labSent", received: "labReceived", checked: "labChecked" } as const;

/** Due, sent, received: what the practice has, and what the order will write there. The last date that is filled is the status. */
export function LabCaseDates({ order, labCase }: { order: OrderDetailView; labCase: LabCaseView | null }) {
  const t = useTranslations("patientChart");
  const format = useFormatter();
  const date = (at: string | null) => (at ? format.dateTime(new Date(at), { dateStyle: "medium" }) : "–");
  /** A calendar day is the same day everywhere. */
  const day = (on: string | null) =>
    on ? format.dateTime(new Date(`${on}T00:00:00Z`), { dateStyle: "medium", timeZone: "UTC" }) : "–";
  const received = order.status === "completed" ? order.vendorUpdatedAt : null;
  const rows = [
    { name: t("due"), there: day(labCase?.dueOn ?? null), ours: day(order.dueOn) },
    { name: t("sent"), there: date(labCase?.sentAt ?? null), ours: date(order.receivedAt) },
    { name: t("received"), there: date(labCase?.receivedAt ?? null), ours: date(received) },
  ];
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="text-left text-muted text-xs">
          <th scope="col" className="py-1 font-normal">
            {labCase ? t(STATUS[labCase.status]) : t("labNone")}
          </th>
          <th scope="col" className="py-1 font-normal">
            {t("inChart")}
          </th>
          <th scope="col" className="py-1 font-normal">
            {t("ofOrder")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, there, ours }) => (
          <tr key={name} className="border-t">
            <th scope="row" className="py-1.5 text-left font-normal text-muted">
              {name}
            </th>
            <td className="py-1.5">{there}</td>
            <td className="py-1.5 font-medium">{ours}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
