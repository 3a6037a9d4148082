"use client";
import { FolderOpen } from "lucide-react";
import { useFormatter, useTranslations } from "use-intl";
import { Completeness } from "#components/orders/order-marks.tsx";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Moment } from "#components/ui/moment.tsx";
import type { CasePage, CaseView } from "#lib/cases/case-schema.ts";

type Props = {
  page: CasePage;
  openKey: string | null;
  onOpen: (key: string) => void;
  onPage: (page: number) => void;
};

/** One page of what the vendor found. */
export function CaseList({ page: { items, total, page, pageSize }, openKey, onOpen, onPage }: Props) {
  const t = useTranslations("cases");
  const format = useFormatter();
  if (items.length === 0)
    return (
      <div className="panel">
        <EmptyState icon={FolderOpen} title={t("noneTitle")}>
          {t("noneText")}
        </EmptyState>
      </div>
    );
  const first = page * pageSize + 1;
  return (
    <section aria-label={t("found")} className="panel overflow-hidden">
      <ul className="divide-y">
        {items.map((one) => (
          <CaseRow key={one.key} one={one} open={one.key === openKey} onOpen={onOpen} />
        ))}
      </ul>
      <footer className="flex items-center gap-2 border-t px-4 py-2 text-muted text-sm">
        <span className="flex-1" aria-live="polite">
          {t("range", {
            from: format.number(first),
            to: format.number(first + items.length - 1),
            total: format.number(total),
          })}
        </span>
        <Button size="small" disabled={page === 0} onClick={() => onPage(page - 1)}>
          {t("previous")}
        </Button>
        <Button size="small" disabled={first + items.length > total} onClick={() => onPage(page + 1)}>
          {t("next")}
        </Button>
      </footer>
    </section>
  );
}

function CaseRow({ one, open, onOpen }: { one: CaseView; open: boolean; onOpen: (key: string) => void }) {
  const t = useTranslations("cases");
  return (
    <li>
      <button
        type="button"
        aria-pressed={open}
        onClick={() => onOpen(one.key)}
        className={classNames(
          "flex w-full items-center gap-3 px-4 py-2.5 text-left -outline-offset-2",
          open ? "bg-selected" : "hover:bg-hover",
        )}
      >
        <Completeness order={one} />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{one.name ?? t("noName")}</span>
          <span className="block truncate text-muted text-sm">
            {[one.patientName, one.patientCode, ...one.tags].filter(Boolean).join(" · ") || t("noPatient")}
          </span>
        </span>
        <span className="shrink-0 text-right text-xs">
          <span className="block font-mono">{one.status}</span>
          <span className="block text-muted">
            {one.createdAt && <Moment at={one.createdAt} />} · {t(one.orderId ? "ordered" : "notOrdered")}
          </span>
        </span>
      </button>
    </li>
  );
}
