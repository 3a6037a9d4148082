import { classNames } from "./class-names.ts";

const LOOKS = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover border border-transparent",
  danger: "bg-danger text-on-danger hover:bg-danger-hover border border-transparent",
  plain: "bg-surface text-text border border-line-strong/60 hover:bg-hover",
  quiet: "text-muted hover:text-text hover:bg-hover border border-transparent",
} as const;

export type ButtonLook = keyof typeof LOOKS;
export type ButtonSize = "small" | "medium" | "large";

/** The classes of a button, for whatever looks like one. */
export function buttonLook(look: ButtonLook = "plain", size: ButtonSize = "medium"): string {
  return classNames(
    "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors disabled:opacity-55 aria-disabled:cursor-default aria-disabled:opacity-55",
    size === "small" && "h-7 px-2.5 text-sm",
    size === "medium" && "h-8 px-3 text-base",
    size === "large" && "h-10 px-4 text-base",
    LOOKS[look],
  );
}
