"use client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState, useSyncExternalStore } from "react";
import { IntlProvider } from "use-intl";
import { Problem } from "#components/api/problem.ts";
import { messagesToDraw } from "#components/portal/messages-to-draw.ts";
import { ToastProvider } from "#components/ui/toast.tsx";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Messages } from "#lib/i18n/messages.ts";

/**
 * What every page stands in: language, server data, notifications. `now` is the server's clock for the first paint, which is
 * made in UTC on both sides; the browser's own time zone follows at once.
 */
export function AppProviders(props: { locale: Locale; messages: Messages; now: number; children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  const timeZone = useSyncExternalStore(
    () => () => {},
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
  const [now] = useState(() => new Date(props.now));
  return (
    <QueryClientProvider client={queryClient}>
      <IntlProvider
        locale={props.locale}
        messages={messagesToDraw(props.messages, props.locale)}
        timeZone={timeZone}
        now={now}
      >
        <ToastProvider>{props.children}</ToastProvider>
      </IntlProvider>
    </QueryClientProvider>
  );
}

/** Live updates say what is stale; a refusal is an answer and is not asked for again, a lost connection is. */
function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) =>
          failures < 2 && !(error instanceof Problem && error.status > 0 && error.status < 500),
      },
      mutations: { retry: false },
    },
  });
}
