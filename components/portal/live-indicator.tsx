"use client";
import { useTranslations } from "use-intl";
import { classNames } from "#components/ui/class-names.ts";
import { type LiveState, useLiveState } from "./live-updates.tsx";

const LOOKS = {
  live: { dot: "bg-accepted", label: "live", hint: "liveHint" },
  polling: { dot: "bg-pending", label: "polling", hint: "pollingHint" },
  connecting: { dot: "bg-cancelled", label: "connecting", hint: "connectingHint" },
} as const satisfies Record<LiveState, { dot: string; label: string; hint: string }>;

/** Whether the page follows by itself; said in words, not by the dot alone. */
export function LiveIndicator() {
  const t = useTranslations("portal");
  const { dot, label, hint } = LOOKS[useLiveState()];
  return (
    <span title={t(hint)} className="flex h-7 items-center gap-1.5 px-2 text-muted text-xs">
      <span aria-hidden className={classNames("size-2 rounded-full", dot)} />
      {t(label)}
      <span className="sr-only">{t(hint)}</span>
    </span>
  );
}
