"use client";
import { Popover } from "radix-ui";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "./class-names.ts";

export type PopoverProps = {
  trigger: ReactElement;
  children: ReactNode;
  className?: string;
  onClosed?: () => void;
};

/** The panel itself, open from the start: popover.tsx shows it once somebody asks for it. */
export function OpenPopover(props: PopoverProps) {
  return (
    <Popover.Root defaultOpen onOpenChange={(open) => !open && props.onClosed?.()}>
      <Popover.Trigger asChild>{props.trigger}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={8}
          className={classNames(
            "appear z-50 flex max-h-(--radix-popover-content-available-height) w-64 flex-col rounded-lg border bg-raised shadow-(color:--shadow) shadow-lg",
            props.className,
          )}
        >
          {props.children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Closes the panel with what it does. */
export function PopoverClose({ children }: { children: ReactNode }) {
  return <Popover.Close asChild>{children}</Popover.Close>;
}
