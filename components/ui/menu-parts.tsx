"use client";
import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ComponentProps, ReactElement, ReactNode } from "react";
import { classNames } from "./class-names.ts";

const ITEM =
  "flex min-h-8 cursor-pointer items-center gap-2 rounded px-2 py-1 outline-none select-none data-highlighted:bg-hover data-disabled:opacity-50";

export type MenuProps = {
  trigger: ReactElement;
  children: ReactNode;
  side?: "right" | "bottom" | "top";
  align?: "start" | "end";
};

/** The menu itself, open from the start: menu.tsx shows it once somebody asks for it. */
export function OpenMenu(props: MenuProps) {
  return (
    <DropdownMenu.Root defaultOpen>
      <DropdownMenu.Trigger asChild>{props.trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          side={props.side ?? "bottom"}
          align={props.align ?? "start"}
          sideOffset={6}
          collisionPadding={8}
          className="appear z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-y-auto rounded-lg border bg-raised p-1 shadow-(color:--shadow) shadow-lg"
        >
          {props.children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuItem({ className, ...props }: ComponentProps<typeof DropdownMenu.Item>) {
  return <DropdownMenu.Item className={classNames(ITEM, className)} {...props} />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 pt-2 pb-1 text-muted text-xs">{children}</DropdownMenu.Label>;
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />;
}

export type MenuChoiceProps<T extends string> = {
  label: string;
  value: T;
  options: readonly { value: T; label: string; hint?: string }[];
  onChange: (value: T) => void;
};

export function MenuChoice(props: MenuChoiceProps<string>) {
  return (
    <DropdownMenu.RadioGroup value={props.value} onValueChange={props.onChange} aria-label={props.label}>
      <MenuLabel>{props.label}</MenuLabel>
      {props.options.map((option) => (
        <DropdownMenu.RadioItem key={option.value} value={option.value} className={ITEM}>
          <span className="flex-1">
            {option.label}
            {option.hint && <span className="block text-muted text-xs">{option.hint}</span>}
          </span>
          <DropdownMenu.ItemIndicator>
            <Check aria-hidden className="size-4 text-accent" />
          </DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}
