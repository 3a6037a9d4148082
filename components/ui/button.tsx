import { Slot } from "radix-ui";
import type { ComponentProps, MouseEvent } from "react";
import { type ButtonLook, type ButtonSize, buttonLook } from "./button-look.ts";
import { classNames } from "./class-names.ts";

type Props = ComponentProps<"button"> & {
  look?: ButtonLook;
  size?: ButtonSize;
  /** Renders the child (a link) with the looks of a button. */
  asChild?: boolean;
  /** Keeps its size and the focus and says that it is working; pressing it does nothing meanwhile. */
  busy?: boolean;
};

export function Button({ look, size, asChild, busy, className, ...props }: Props) {
  const Tag = asChild ? Slot.Root : "button";
  return (
    <Tag
      {...(asChild ? {} : { type: "button" as const })}
      aria-busy={busy || undefined}
      className={classNames(buttonLook(look, size), busy && "pulse-soft", className)}
      {...props}
      {...(busy && !asChild ? WAITING : {})}
    />
  );
}

/** A disabled button would lose the focus to nowhere; this one also keeps its form from being sent twice. */
const WAITING = { "aria-disabled": true, onClick: (event: MouseEvent) => event.preventDefault() } as const;

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
