"use client";
import { useSyncExternalStore } from "react";

const LIST_KEY = "casebench-order-list";
const listeners = new Set<() => void>();

/** Whether the list stands beside the order; remembered in this browser. */
export function useListShown(): [boolean, () => void] {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => window.localStorage.getItem(LIST_KEY) !== "hidden",
    () => true,
  );
  return [
    shown,
    () => {
      window.localStorage.setItem(LIST_KEY, shown ? "hidden" : "shown");
      for (const listener of listeners) listener();
    },
  ];
}
