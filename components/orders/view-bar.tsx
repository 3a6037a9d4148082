"use client";
import { useQuery } from "@tanstack/react-query";
import { BookmarkPlus, Users } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useMember } from "#components/portal/member-context.tsx";
import { usePreferences } from "#components/portal/preferences-context.tsx";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import type { Side } from "#lib/orders/order-schema.ts";
import { MOST_COUNTED } from "#lib/orders/order-values.ts";
import type { SavedViewItem } from "#lib/views/saved-view-schema.ts";
import { type ViewName, viewsOf } from "#lib/views/view-names.ts";
import { countFilters, DEFAULT_SORT, listParams, NO_FILTERS, type OrderFilters } from "./order-filters.ts";
import { viewsQuery } from "./orders-queries.ts";
import { filtersOfView } from "./views-queries.ts";

const ViewDialog = dynamic(() => import("./view-dialog.tsx").then((file) => file.ViewDialog), { loading: () => null });
const SavedViewMenu = dynamic(() => import("./saved-view-menu.tsx").then((file) => file.SavedViewMenu), {
  loading: () => <span className="size-7" />,
});

type Props = { filters: OrderFilters; onChange: (filters: Partial<OrderFilters>) => void };

/**
 * What a lab looks at again and again, with how many orders each has now: the views everybody has, then the saved ones. Keys 1 to 9
 * choose too; 0 shows all.
 */
export function ViewBar({ filters, onChange }: Props) {
  const t = useTranslations("views");
  const { organisationKind } = useMember();
  const { data } = useQuery(viewsQuery());
  const counts = new Map(data?.items.map(({ name, count }) => [name, count]));
  const saved = useInOrder(data?.saved ?? []);
  const [naming, setNaming] = useState(false);
  const chosen = saved.find(({ id }) => id === filters.saved);
  const isChanged = chosen && listParams(filtersOfView(chosen)).toString() !== listParams(filters).toString();
  const isWorthSaving = !chosen && (countFilters(filters) > (filters.view ? 1 : 0) || filters.sort !== DEFAULT_SORT);
  return (
    <nav
      aria-label={t("title")}
      className="flex h-10 shrink-0 items-center gap-1 overflow-x-auto border-b bg-surface px-3 sm:px-4 print:hidden"
    >
      {[null, ...viewsOf(organisationKind)].map((name) => (
        <ViewButton
          key={name ?? "all"}
          name={t(name ?? "all")}
          count={name && (counts.get(name) ?? "pending")}
          urgent={name === "late"}
          pressed={!chosen && name === filters.view}
          onPress={() => onChange(choosing(name, filters))}
        />
      ))}
      {saved.length > 0 && <span aria-hidden className="mx-1 h-5 w-px shrink-0 bg-line" />}
      {saved.map((view) => (
        <span key={view.id} className="inline-flex shrink-0 items-center">
          <ViewButton
            name={view.name}
            count={view.count}
            more={view.more}
            shared={view.shared}
            pressed={view === chosen}
            onPress={() => onChange(filtersOfView(view))}
          />
          {view === chosen && (
            <SavedViewMenu
              view={view}
              order={saved.map(({ id }) => id)}
              filters={filters}
              changed={isChanged === true}
              onGone={() => onChange({ saved: null })}
            />
          )}
        </span>
      ))}
      {isWorthSaving && (
        <Button look="quiet" size="small" onClick={() => setNaming(true)}>
          <BookmarkPlus aria-hidden className="size-4" />
          {t("save")}
        </Button>
      )}
      {naming && (
        <ViewDialog
          filters={filters}
          onSaved={(view) => onChange({ saved: view.id })}
          onClose={() => setNaming(false)}
        />
      )}
    </nav>
  );
}

/** The saved views as the member has ordered them. */
function useInOrder(saved: readonly SavedViewItem[]): SavedViewItem[] {
  const { views } = usePreferences().preferences;
  const place = ({ id }: SavedViewItem) => (views.includes(id) ? views.indexOf(id) : views.length);
  return saved.toSorted((a, b) => place(a) - place(b) || (a.id < b.id ? -1 : 1));
}

function ViewButton(props: {
  name: string;
  /** null: not counted. */
  count: number | "pending" | null;
  /** It was counted so far, and no further. */
  more?: boolean;
  urgent?: boolean;
  shared?: boolean;
  pressed: boolean;
  onPress: () => void;
}) {
  const t = useTranslations("views");
  const format = useFormatter();
  const { count, pressed } = props;
  const { more = Number(count) >= MOST_COUNTED } = props;
  const said =
    count === "pending" ? "–" : more ? t("many", { count: Number(count) - 1 }) : format.number(Number(count));
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={props.onPress}
      className={classNames(
        "inline-flex h-7 max-w-60 shrink-0 items-center gap-1.5 rounded-md px-2 text-sm transition-colors",
        pressed ? "bg-selected font-semibold text-accent" : "text-muted hover:bg-hover hover:text-text",
      )}
    >
      {props.shared && (
        <span title={t("shared")} className="shrink-0">
          <Users aria-hidden className="size-3.5" />
          <span className="sr-only">{t("shared")}</span>
        </span>
      )}
      <span className="truncate">{props.name}</span>
      {count !== null && (
        <span
          className={classNames(
            "min-w-5 rounded-full px-1.5 text-center text-xs tabular-nums",
            props.urgent && Number(count) > 0 ? "bg-rejected-soft text-rejected" : "bg-sunken",
          )}
        >
          {said}
        </span>
      )}
    </button>
  );
}

/** The n-th view of the bar, counted from 1. */
export function viewOfDigit(digit: string, kind: Side): ViewName | undefined {
  return viewsOf(kind)[Number(digit) - 1];
}

/** Another view of everybody's keeps the filters that somebody set, but none that came with a saved view. */
export function choosing(view: ViewName | null, { saved }: OrderFilters): Partial<OrderFilters> {
  return saved ? { ...NO_FILTERS, view } : { view };
}
