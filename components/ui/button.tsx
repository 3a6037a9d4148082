import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "./class-names.ts";

const LOOKS = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover border border-transparent",
  danger: "bg-danger text-on-danger hover:bg-danger-hover border border-transparent",
  plain: "bg-surface text-text border border-line-strong/60 hover:bg-hover",
  quiet: "text-muted hover:text-text hover:bg-hover border border-transparent",
} as const;

type Props = ComponentProps<"button"> & {
  look?: keyof typeof LOOKS;
  size?: "small" | "medium" | "large";
  /** Renders the child (a link) with the looks of a button. */
  asChild?: boolean;
  /** Keeps its size and says that it is working; it cannot be pressed meanwhile. */
  busy?: boolean;
};

export function Button({ look = "plain", size = "medium", asChild, busy, className, disabled, ...props }: Props) {
  const Tag = asChild ? Slot.Root : "button";
  return (
    <Tag
      {...(asChild ? {} : { type: "button" as const, disabled: disabled || busy })}
      aria-busy={busy || undefined}
      className={classNames(
        "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors disabled:opacity-55",
        size === "small" && "h-7 px-2.5 text-sm",
        size === "medium" && "h-8 px-3 text-base",
        size === "large" && "h-10 px-4 text-base",
        LOOKS[look],
        busy && "pulse-soft",
        className,
      )}
      {...props}
    />
  );
}

/** A square button with only an icon: its label is read out and shown on hover. */
export function IconButton({
  label,
  className,
  ...props
}: Omit<Props, "children"> & { label: string; children: React.ReactNode }) {
  return (
    <Button aria-label={label} title={label} look="quiet" className={classNames("w-8 px-0!", className)} {...props} />
  );
}
