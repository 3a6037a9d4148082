import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { type ButtonLook, type ButtonSize, buttonLook } from "./button-look.ts";
import { classNames } from "./class-names.ts";

type Props = ComponentProps<"button"> & {
  look?: ButtonLook;
  size?: ButtonSize;
  /** Renders the child (a link) with the looks of a button. */
  asChild?: boolean;
  /** Keeps its size and says that it is working; it cannot be pressed meanwhile. */
  busy?: boolean;
};

export function Button({ look, size, asChild, busy, className, disabled, ...props }: Props) {
  const Tag = asChild ? Slot.Root : "button";
  return (
    <Tag
      {...(asChild ? {} : { type: "button" as const, disabled: disabled || busy })}
      aria-busy={busy || undefined}
      className={classNames(buttonLook(look, size), busy && "pulse-soft", className)}
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
