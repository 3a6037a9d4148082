"use client";
import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { IconButton } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { closeOnEscape } from "./close-on-escape.ts";
import { useReturnFocus } from "./use-return-focus.ts";

/**
 * A modal window: focus stays inside and goes back to where it was, Escape and the corner close it. On a phone it rises from the
 * bottom. Mount it anew for every opening.
 */
export function Dialog(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children?: ReactNode;
  footer?: ReactNode;
  wide?: boolean;
}) {
  const t = useTranslations("ui");
  const returnFocus = useReturnFocus();
  return (
    <Radix.Root open={props.open} onOpenChange={props.onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Radix.Content
          onOpenAutoFocus={focusFirstField}
          onCloseAutoFocus={returnFocus}
          onKeyDown={closeOnEscape(() => props.onOpenChange(false))}
          {...(props.description ? {} : { "aria-describedby": undefined })}
          className={classNames(
            "appear fixed z-50 flex max-h-[90dvh] flex-col border bg-raised shadow-2xl shadow-(color:--shadow) outline-none",
            "inset-x-0 bottom-0 rounded-t-xl sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:-translate-x-1/2 sm:-translate-y-1/2 sm:rounded-xl",
            props.wide ? "sm:w-[640px]" : "sm:w-[460px]",
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-1">
            <Radix.Title className="flex-1 pt-1 text-lg font-semibold">{props.title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label={t("close")} className="-mr-2">
                <X aria-hidden className="size-4" />
              </IconButton>
            </Radix.Close>
          </header>
          <div data-body className="relative min-h-0 flex-1 overflow-y-auto px-5 pb-5">
            {props.description && (
              <Radix.Description className="text-muted text-pretty">{props.description}</Radix.Description>
            )}
            {props.children}
          </div>
          {props.footer && (
            <footer className="flex flex-col-reverse gap-2 border-t px-5 py-3 sm:flex-row sm:justify-end">
              {props.footer}
            </footer>
          )}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** What is asked first has the focus, not the corner that closes; a window that asks nothing leaves it there. */
function focusFirstField(event: Event): void {
  const field = (event.target as Element).querySelector("[data-body] :is(input,select,textarea):not(:disabled)");
  if (!(field instanceof HTMLElement)) return;
  event.preventDefault();
  field.focus();
}
