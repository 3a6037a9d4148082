"use client";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "use-intl";
import { classNames } from "#components/ui/class-names.ts";
import { VIEWS, type ViewName } from "#lib/views/view-names.ts";
import { viewsQuery } from "./orders-queries.ts";

/** The server counts no further. */
const MOST_COUNTED = 1_000;

/** What a lab looks at again and again, with how many orders each has now. Keys 1 to 9 choose too; 0 shows all. */
export function ViewBar({ view, onChoose }: { view: ViewName | null; onChoose: (view: ViewName | null) => void }) {
  const t = useTranslations("views");
  const format = useFormatter();
  const counts = new Map(useQuery(viewsQuery()).data?.items.map(({ name, count }) => [name, count]));
  const said = (count: number) => (count < MOST_COUNTED ? format.number(count) : t("many"));
  return (
    <nav
      aria-label={t("title")}
      className="flex h-10 shrink-0 items-center gap-1 overflow-x-auto border-b bg-surface px-3 sm:px-4 print:hidden"
    >
      {[null, ...VIEWS].map((name) => {
        const count = name && counts.get(name);
        return (
          <button
            key={name ?? "all"}
            type="button"
            aria-pressed={name === view}
            onClick={() => onChoose(name)}
            className={classNames(
              "inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2 text-sm transition-colors",
              name === view ? "bg-selected font-semibold text-accent" : "text-muted hover:bg-hover hover:text-text",
            )}
          >
            {t(name ?? "all")}
            {name && (
              <span
                className={classNames(
                  "min-w-5 rounded-full px-1.5 text-center text-xs tabular-nums",
                  name === "late" && count ? "bg-rejected-soft text-rejected" : "bg-sunken",
                )}
              >
                {count === undefined || count === null ? "–" : said(count)}
              </span>
            )}
          </button>
        );
      })}
    </nav>
  );
}
