"use client";
import { useQuery } from "@tanstack/react-query";
import { Search, SlidersHorizontal, X } from "lucide-react";
import { type RefObject, useEffect, useEffectEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { connectionsQuery } from "#components/connections/connections-queries.ts";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { MultiSelect } from "#components/ui/multi-select.tsx";
import { ORDER_STATUSES, type OrderStatus } from "#lib/orders/order-values.ts";
import { DisplayMenu } from "./display-menu.tsx";
import { DueFilter } from "./due-filter.tsx";
import { colleaguesQuery, tagsQuery } from "./notes-queries.ts";
import { countFilters, NO_FILTERS, type OrderFilters } from "./order-filters.ts";
import { VendorMark } from "./order-marks.tsx";
import { StatusBadge } from "./order-status-badge.tsx";
import { clinicsQuery } from "./orders-queries.ts";
import { SortChoice } from "./sort-choice.tsx";

/** ms without a key press before the text is searched. */
const TYPING_PAUSE = 200;

type Props = {
  filters: OrderFilters;
  onChange: (change: Partial<OrderFilters>) => void;
  searchField: RefObject<HTMLInputElement | null>;
};

export function OrderFilterBar({ filters, onChange, searchField }: Props) {
  const t = useTranslations();
  const [unfolded, setUnfolded] = useState(false); // on a phone
  const active = countFilters(filters);
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-b bg-surface px-4 py-2 sm:px-5 print:hidden">
      <SearchField value={filters.q} onChange={(q) => onChange({ q })} field={searchField} />
      <Button className="sm:hidden" aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
        <SlidersHorizontal aria-hidden className="size-4" />
        {t("orders.filtersActive", { count: active })}
      </Button>
      <div className={classNames("flex-wrap gap-2 sm:contents", unfolded ? "flex" : "hidden")}>
        <ListFilters filters={filters} onChange={onChange} />
        <SortChoice sort={filters.sort} onChange={(sort) => onChange({ sort })} />
      </div>
      {active > 0 && (
        <Button look="quiet" onClick={() => onChange({ ...NO_FILTERS, sort: filters.sort })}>
          <X aria-hidden className="size-4" />
          <span className={unfolded ? undefined : "max-sm:sr-only"}>{t("orders.clearFilters")}</span>
        </Button>
      )}
      <span className={classNames("sm:ml-auto", !unfolded && "max-sm:hidden")}>
        <DisplayMenu />
      </span>
    </div>
  );
}

/** Those that are always there, and then those of what the organisation has. */
function ListFilters({ filters, onChange }: Omit<Props, "searchField">) {
  const t = useTranslations();
  const connections = useQuery(connectionsQuery()).data?.items ?? [];
  const clinics = useQuery(clinicsQuery()).data?.items ?? [];
  const members = useQuery(colleaguesQuery()).data?.items ?? [];
  const tags = useQuery(tagsQuery()).data?.items ?? [];
  const words = {
    searchLabel: t("orders.searchOptions"),
    emptyLabel: t("orders.noOptions"),
    clearLabel: t("ui.clear"),
  };
  const vendors = [...new Map(connections.map((c) => [c.vendor, c.vendorName]))];
  return (
    <>
      <MultiSelect
        label={t("orders.filterStatus")}
        options={ORDER_STATUSES.map((status) => ({
          value: status,
          label: t(`status.${status}`),
          mark: <StatusBadge status={status} />,
        }))}
        chosen={filters.status}
        onChange={(status) => onChange({ status: status as OrderStatus[] })}
        {...words}
      />
      <MultiSelect
        label={t("orders.filterCompleteness")}
        options={(["complete", "incomplete", "unknown"] as const).map((value) => ({
          value,
          label: t(`orders.${value}`),
        }))}
        chosen={filters.completeness}
        onChange={(completeness) => onChange({ completeness })}
        {...words}
      />
      <DueFilter filters={filters} onChange={onChange} />
      {/* What comes when it is known comes last, so that nothing moves. */}
      {vendors.length > 1 && (
        <MultiSelect
          label={t("orders.filterVendor")}
          options={vendors.map(([value, label]) => ({
            value,
            label,
            mark: <VendorMark vendor={value} name={label} withName />,
          }))}
          chosen={filters.vendor}
          onChange={(vendor) => onChange({ vendor })}
          {...words}
        />
      )}
      {connections.length > vendors.length && (
        <MultiSelect
          label={t("orders.filterConnection")}
          options={connections.map((c) => ({ value: c.id, label: `${c.groupName ?? c.account} · ${c.vendorName}` }))}
          chosen={filters.connection}
          onChange={(connection) => onChange({ connection })}
          {...words}
        />
      )}
      {clinics.length > 1 && (
        <MultiSelect
          label={t("orders.filterClinic")}
          options={clinics.map((clinic) => ({ value: clinic.id, label: clinic.name }))}
          chosen={filters.clinic}
          onChange={(clinic) => onChange({ clinic })}
          {...words}
        />
      )}
      {members.length > 1 && (
        <MultiSelect
          label={t("orders.filterAssignee")}
          options={[
            { value: "me", label: t("orders.assigneeMe") },
            { value: "none", label: t("orders.assigneeNone") },
            ...members.filter(({ you }) => !you).map(({ userId, name }) => ({ value: userId, label: name })),
          ]}
          chosen={filters.assignee}
          onChange={(assignee) => onChange({ assignee })}
          {...words}
        />
      )}
      {tags.length > 0 && (
        <MultiSelect
          label={t("orders.filterTag")}
          options={tags.map(({ id, name }) => ({ value: id, label: name }))}
          chosen={filters.tag}
          onChange={(tag) => onChange({ tag })}
          {...words}
        />
      )}
    </>
  );
}

/**
 * Searches while typing, after a breath, and at once when the field is left: a search that came later would take back the address
 * that a click elsewhere has just chosen.
 */
function SearchField(props: {
  value: string;
  onChange: (q: string) => void;
  field: RefObject<HTMLInputElement | null>;
}) {
  const t = useTranslations("orders");
  const { value, onChange } = props;
  const [text, setText] = useState(value);
  const [sent, setSent] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    // Not ours: the address was walked back, or the filters were cleared.
    if (value !== sent) {
      setSent(value);
      setText(value);
    }
  }
  const search = () => {
    const wanted = text.trim();
    if (wanted === sent) return;
    setSent(wanted);
    onChange(wanted);
  };
  const searchLater = useEffectEvent(search);
  useEffect(() => {
    if (text.trim() === sent) return;
    const timer = setTimeout(() => searchLater(), TYPING_PAUSE);
    return () => clearTimeout(timer);
  }, [text, sent]);
  return (
    <span className="relative min-w-0 flex-1 sm:max-w-56 sm:flex-none sm:basis-56 xl:max-w-72 xl:basis-72">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" />
      <input
        ref={props.field}
        type="search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={search}
        aria-label={t("searchHint")}
        placeholder={t("search")}
        className="field-box h-8 w-full pr-2 pl-8 text-sm [&::-webkit-search-cancel-button]:hidden"
      />
    </span>
  );
}
