"use client";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { connectionKeys } from "#components/connections/connections-queries.ts";
import { decisionKeys } from "#components/orders/decisions-queries.ts";
import { orderKeys } from "#components/orders/orders-queries.ts";

export type LiveState = "connecting" | "live" | "polling";
type Announcement = { topic: "order" | "connection" | "decision" | "scan"; id: string };

/** A sync announces hundreds of orders in a second: what they make stale is asked for at most this often. */
const GATHER_MS = 700;
const POLL_MS = 20_000;
/** The browser opens a broken stream again by itself; only one that was refused is opened by us. */
const REOPEN_MS = 10_000;

const LiveContext = createContext<LiveState>("connecting");

export function useLiveState(): LiveState {
  return useContext(LiveContext);
}

/** Keeps every query of the page true: the server says what changed, the queries ask for it. */
export function LiveUpdates({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");
  useEffect(() => listen(queryClient, setState), [queryClient]);
  useEffect(() => {
    if (state !== "polling") return;
    const timer = setInterval(() => void queryClient.invalidateQueries({ refetchType: "active" }), POLL_MS);
    return () => clearInterval(timer);
  }, [state, queryClient]);
  return <LiveContext value={state}>{children}</LiveContext>;
}

function listen(queryClient: QueryClient, setState: (state: LiveState) => void): () => void {
  let source: EventSource;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  let gathering: ReturnType<typeof setTimeout> | undefined;
  let missed = false;
  const gathered = new Map<string, Announcement>();

  function open() {
    source = new EventSource("/api/events");
    source.onopen = () => {
      setState("live");
      if (missed) void queryClient.invalidateQueries({ refetchType: "active" });
      missed = false;
    };
    source.onerror = () => {
      missed = true;
      setState("polling");
      if (source.readyState === EventSource.CLOSED) reopening = setTimeout(open, REOPEN_MS);
    };
    source.onmessage = (message: MessageEvent<string>) => {
      const announcement = JSON.parse(message.data) as Announcement;
      gathered.set(announcement.topic + announcement.id, announcement);
      gathering ??= setTimeout(deliver, GATHER_MS);
    };
  }
  function deliver() {
    gathering = undefined;
    for (const key of staleKeys([...gathered.values()])) void queryClient.invalidateQueries({ queryKey: key });
    gathered.clear();
  }
  open();
  return () => {
    clearTimeout(reopening);
    clearTimeout(gathering);
    source.close();
  };
}

/** Which queries an announcement makes stale; each key once. */
function staleKeys(announcements: readonly Announcement[]): (readonly unknown[])[] {
  const keys = new Map<string, readonly unknown[]>();
  const add = (key: readonly unknown[]) => keys.set(JSON.stringify(key), key);
  for (const { topic, id } of announcements) {
    if (topic === "connection") add(connectionKeys.all);
    if (topic === "order") {
      add(orderKeys.lists);
      add(orderKeys.views);
      add(orderKeys.one(id));
    }
    if (topic === "decision") add(decisionKeys.one(id));
    if (topic === "scan" || topic === "decision") add(orderKeys.ones);
  }
  return [...keys.values()];
}
