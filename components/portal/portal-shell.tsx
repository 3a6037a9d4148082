"use client";
import { Box, FolderSearch, Inbox, Plug, Settings } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { SavingToFolder } from "#components/files-out/saving-to-folder.tsx";
import { KeyboardProvider } from "#components/keyboard/keyboard-provider.tsx";
import { LeavingRegion } from "#components/orders/leaving-region.tsx";
import { classNames } from "#components/ui/class-names.ts";
import type { Preferences } from "#lib/preferences/preferences-schema.ts";
import { LiveUpdates } from "./live-updates.tsx";
import { Logo } from "./logo.tsx";
import { type Member, MemberProvider } from "./member-context.tsx";
import { MemberMenu } from "./member-menu.tsx";
import { PreferencesProvider } from "./preferences-context.tsx";
import type { Theme } from "./theme.ts";

const PLACES = [
  { href: "/orders", label: "inbox", Icon: Inbox },
  { href: "/cases", label: "cases", Icon: FolderSearch },
  { href: "/viewer", label: "viewer", Icon: Box },
  { href: "/connections", label: "connections", Icon: Plug },
  { href: "/settings", label: "settings", Icon: Settings },
] as const;

/** A narrow rail on the left; on a phone the same places under the thumb. */
export function PortalShell(props: { member: Member; preferences: Preferences; theme: Theme; children: ReactNode }) {
  const t = useTranslations();
  return (
    <MemberProvider member={props.member}>
      <PreferencesProvider given={props.preferences}>
        <LiveUpdates>
          <KeyboardProvider>
            <a
              href="#content"
              className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
            >
              {t("ui.skipToContent")}
            </a>
            {/* What lies over everything hides the rail also from the keyboard. */}
            <div className="flex h-dvh flex-col-reverse sm:flex-row [&:has([data-over-all])>nav]:invisible">
              {/* A layer of its own: its icons are not painted anew whenever the page beside them changes. */}
              <nav
                aria-label={t("portal.navigation")}
                className="flex shrink-0 will-change-transform items-center justify-around gap-1 border-t bg-surface px-2 pb-[env(safe-area-inset-bottom)] sm:w-24 sm:flex-col sm:justify-start sm:border-t-0 sm:border-r sm:px-1 sm:py-3 print:hidden"
              >
                <Link href="/orders" aria-label={t("app.name")} className="mb-3 hidden rounded-lg sm:block">
                  <Logo className="size-8" />
                </Link>
                {PLACES.map((place) => (
                  <RailLink key={place.href} {...place} label={t(`portal.${place.label}`)} />
                ))}
                <span className="hidden flex-1 sm:block" />
                <span className="hidden sm:block">
                  <MemberMenu theme={props.theme} side="right" />
                </span>
                <span className="sm:hidden">
                  <MemberMenu theme={props.theme} side="top" />
                </span>
              </nav>
              <main
                id="content"
                tabIndex={-1}
                className="relative flex min-h-0 min-w-0 flex-1 flex-col overflow-clip outline-none"
              >
                {props.children}
              </main>
            </div>
            <LeavingRegion />
            <SavingToFolder />
          </KeyboardProvider>
        </LiveUpdates>
      </PreferencesProvider>
    </MemberProvider>
  );
}

function RailLink({ href, label, Icon }: { href: (typeof PLACES)[number]["href"]; label: string; Icon: typeof Inbox }) {
  const here = usePathname().startsWith(href);
  return (
    <Link
      href={href}
      aria-current={here ? "page" : undefined}
      className={classNames(
        "flex min-h-13 min-w-0 flex-auto flex-col items-center justify-center gap-1 rounded-lg px-0.5 py-1.5 text-[11px] leading-3.5 transition-colors sm:w-full sm:flex-none sm:px-1",
        here ? "font-semibold text-accent sm:bg-selected" : "text-muted hover:bg-hover hover:text-text",
      )}
    >
      <Icon aria-hidden className="size-5" strokeWidth={here ? 2.2 : 1.8} />
      <span className="max-w-full truncate">{label}</span>
    </Link>
  );
}
