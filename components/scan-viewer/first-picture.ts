import { useSyncExternalStore } from "react";

/** A picture that takes longer is not waited for, ms. */
const LONGEST_MS = 700;

let awaited: string | null = null;
const listeners = new Set<() => void>();

/** Somebody opens an order for its scans: until they are drawn, everything that can wait does. */
export function awaitPicture(orderId: string): void {
  awaited = orderId;
  setTimeout(() => endWaiting(orderId), LONGEST_MS);
}

/** The scans of the order are on the screen, or there are none. */
export function endWaiting(orderId: string | null): void {
  if (awaited === null || awaited !== orderId) return;
  awaited = null;
  for (const listener of listeners) listener();
}

/** True while the order's scans should have the machine for themselves. Never where the server has rendered the page. */
export function useAwaitsPicture(orderId: string | null): boolean {
  return useSyncExternalStore(
    subscribe,
    () => awaited !== null && awaited === orderId,
    () => false,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
