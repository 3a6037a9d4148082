"use client";
import { ArrowDown, ArrowUp, RotateCcw } from "lucide-react";
import type { MouseEvent } from "react";
import { useTranslations } from "use-intl";
import { useMember } from "#components/portal/member-context.tsx";
import { usePreferences } from "#components/portal/preferences-context.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { DENSITIES, GROUPINGS, INBOX_COLUMNS, type InboxColumn } from "#lib/preferences/preference-values.ts";
import { groupingAt } from "./group-orders.ts";
import { COLUMN_TITLES, USUAL_COLUMNS } from "./order-columns.tsx";

const DENSITY_WORDS = { comfortable: "densityComfortable", compact: "densityCompact" } as const;
const GROUPING_WORDS = { none: "groupingNone", due: "groupingDue", clinic: "groupingClinic" } as const;

/** How the list looks for this member: columns and their order, rows, groups. */
export function DisplayChoices() {
  const t = useTranslations("orders");
  const { preferences, change } = usePreferences();
  const { organisationKind } = useMember();
  return (
    <div className="flex max-h-[70dvh] flex-col gap-3 overflow-y-auto p-3">
      <Choice
        label={t("density")}
        value={preferences.density}
        options={DENSITIES.map((value) => ({ value, label: t(DENSITY_WORDS[value]) }))}
        onChange={(density) => change({ density })}
      />
      <Choice
        label={t("grouping")}
        value={groupingAt(organisationKind, preferences.grouping)}
        options={GROUPINGS.filter((value) => groupingAt(organisationKind, value) === value).map((value) => ({
          value,
          label: t(GROUPING_WORDS[value]),
        }))}
        onChange={(grouping) => change({ grouping })}
      />
      <ColumnChoice chosen={preferences.columns} onChange={(columns) => change({ columns })} />
    </div>
  );
}

function Choice<T extends string>(props: {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-1 text-muted text-xs">{props.label}</legend>
      <div className="flex rounded-md border p-0.5">
        {props.options.map(({ value, label }) => (
          <label
            key={value}
            className={classNames(
              "relative flex h-7 flex-1 cursor-pointer items-center justify-center rounded px-2 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent",
              value === props.value ? "bg-selected font-medium text-accent" : "text-muted hover:text-text",
            )}
          >
            <input
              type="radio"
              name={props.label}
              value={value}
              checked={value === props.value}
              onChange={() => props.onChange(value)}
              className="sr-only"
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function ColumnChoice(props: {
  chosen: readonly InboxColumn[] | null;
  onChange: (columns: InboxColumn[] | null) => void;
}) {
  const t = useTranslations("orders");
  const isLab = useMember().organisationKind === "lab";
  const shown = [...(props.chosen ?? USUAL_COLUMNS)];
  const hidden = INBOX_COLUMNS.filter((name) => !shown.includes(name));
  const title = (name: InboxColumn) => t(name === "clinic" && !isLab ? "columnLab" : COLUMN_TITLES[name]);
  const move = (name: InboxColumn, by: 1 | -1) => (event: MouseEvent<HTMLButtonElement>) => {
    const next = shown.filter((one) => one !== name);
    next.splice(shown.indexOf(name) + by, 0, name);
    props.onChange(next);
    keepFocus(event.currentTarget);
  };
  return (
    <fieldset>
      <legend className="mb-1 text-muted text-xs">{t("columns")}</legend>
      <ul>
        {[...shown, ...hidden].map((name) => {
          const at = shown.indexOf(name);
          return (
            <li key={name} className="flex h-8 items-center gap-1 rounded pl-1 hover:bg-hover">
              <label className="flex min-w-0 flex-1 cursor-pointer items-center gap-2">
                <input
                  type="checkbox"
                  checked={at >= 0}
                  disabled={shown.length === 1 && at === 0}
                  onChange={() => props.onChange(at >= 0 ? shown.filter((one) => one !== name) : [...shown, name])}
                  className="size-4 accent-(--accent)"
                />
                <span className="truncate">{title(name)}</span>
              </label>
              {at >= 0 && (
                <>
                  <IconButton
                    label={t("columnUp", { column: title(name) })}
                    disabled={at === 0}
                    onClick={move(name, -1)}
                    className="size-7"
                  >
                    <ArrowUp aria-hidden className="size-3.5" />
                  </IconButton>
                  <IconButton
                    label={t("columnDown", { column: title(name) })}
                    disabled={at === shown.length - 1}
                    onClick={move(name, 1)}
                    className="size-7"
                  >
                    <ArrowDown aria-hidden className="size-3.5" />
                  </IconButton>
                </>
              )}
            </li>
          );
        })}
      </ul>
      {props.chosen && (
        <Button look="quiet" size="small" className="mt-1" onClick={() => props.onChange(null)}>
          <RotateCcw aria-hidden className="size-3.5" />
          {t("columnsUsual")}
        </Button>
      )}
    </fieldset>
  );
}

/** A row that moves loses the focus, and so does a button that goes grey at the end: then its neighbour has it. */
function keepFocus(button: HTMLButtonElement): void {
  requestAnimationFrame(() => {
    const other = button.nextElementSibling ?? button.previousElementSibling;
    if (!button.disabled) button.focus();
    else if (other instanceof HTMLElement) other.focus();
  });
}
