"use client";
import { ChevronDown } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { Popover } from "./popover.tsx";

export type Option = { value: string; label: string; mark?: ReactNode };

/** Lists longer than this get a search field. */
const SEARCH_FROM = 12;
/** Rows drawn at once; the search reaches the rest. */
const MOST_SHOWN = 200;

/** A filter with several values: the button says what is chosen. */
export function MultiSelect(props: {
  label: string;
  options: readonly Option[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  searchLabel: string;
  emptyLabel: string;
  clearLabel: string;
}) {
  const [search, setSearch] = useState("");
  const { options } = props;
  // What is ticked answers at once; what follows from it (the address, the list) may take its time.
  const [chosen, setChosen] = useState(props.chosen);
  const [told, setTold] = useState(props.chosen);
  if (props.chosen.join() !== told.join()) {
    setTold(props.chosen);
    setChosen(props.chosen);
  }
  const choose = (next: string[]) => {
    setChosen(next);
    props.onChange(next);
  };
  const matching = options.filter((option) => option.label.toLowerCase().includes(search.trim().toLowerCase()));
  const first = options.find((option) => option.value === chosen[0])?.label;
  const toggle = (value: string) =>
    choose(chosen.includes(value) ? chosen.filter((v) => v !== value) : [...chosen, value]);
  return (
    <Popover
      onClosed={() => setSearch("")}
      trigger={<FilterButton label={props.label} active={chosen.length > 0} value={first} more={chosen.length - 1} />}
    >
      {options.length >= SEARCH_FROM && (
        <input
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          aria-label={props.searchLabel}
          placeholder={props.searchLabel}
          className="m-1.5 h-8 rounded border bg-surface px-2 placeholder:text-muted"
        />
      )}
      <fieldset className="max-h-80 overflow-y-auto p-1">
        <legend className="sr-only">{props.label}</legend>
        {matching.slice(0, MOST_SHOWN).map((option) => (
          <label
            key={option.value}
            className="flex min-h-8 cursor-pointer items-center gap-2 rounded px-2 hover:bg-hover"
          >
            <input
              type="checkbox"
              checked={chosen.includes(option.value)}
              onChange={() => toggle(option.value)}
              className="size-4 shrink-0 accent-(--accent)"
            />
            {option.mark ?? <span className="truncate">{option.label}</span>}
          </label>
        ))}
        {matching.length === 0 && <p className="px-2 py-3 text-muted text-sm">{props.emptyLabel}</p>}
      </fieldset>
      {chosen.length > 0 && (
        <div className="border-t p-1">
          <Button look="quiet" size="small" className="w-full" onClick={() => choose([])}>
            {props.clearLabel}
          </Button>
        </div>
      )}
    </Popover>
  );
}

type FilterButtonProps = React.ComponentProps<"button"> & {
  label: string;
  active: boolean;
  value?: string;
  more?: number;
};

/** The face of a filter: neutral while it lets everything through, accented while it narrows. */
export function FilterButton({ label, active, value, more = 0, ...props }: FilterButtonProps) {
  return (
    <button
      type="button"
      {...props}
      className={classNames(
        "inline-flex h-8 max-w-64 shrink-0 items-center gap-1.5 rounded-md border px-2.5 text-sm transition-colors",
        active
          ? "border-accent bg-selected font-medium text-text"
          : "bg-surface text-muted hover:bg-hover hover:text-text",
      )}
    >
      {label}
      {active && value && <span className="truncate font-normal">{value}</span>}
      {active && more > 0 && <span className="rounded-full bg-accent px-1.5 text-on-accent text-xs">+{more}</span>}
      <ChevronDown aria-hidden className="size-3.5 shrink-0 opacity-70" />
    </button>
  );
}
