"use client";
import { CircleCheck, CirclePause, Unplug } from "lucide-react";
import { useTranslations } from "use-intl";
import type { ConnectionView } from "#lib/connections/connection-schema.ts";

const STATES = {
  connected: { Icon: CircleCheck, look: "bg-accepted-soft text-accepted", label: "stateConnected" },
  reconnect_needed: { Icon: Unplug, look: "bg-rejected-soft text-rejected", label: "stateReconnect" },
  paused: { Icon: CirclePause, look: "bg-cancelled-soft text-cancelled", label: "statePaused" },
} as const;

export function ConnectionState({ state }: { state: ConnectionView["state"] }) {
  const t = useTranslations("connections");
  const { Icon, look, label } = STATES[state];
  return (
    <span className={`inline-flex h-6 items-center gap-1.5 rounded-full pr-2.5 pl-2 font-medium text-xs ${look}`}>
      <Icon aria-hidden className="size-3.5" strokeWidth={2.2} />
      {t(label)}
    </span>
  );
}
