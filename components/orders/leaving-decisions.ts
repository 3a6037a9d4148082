"use client";
import { useSyncExternalStore } from "react";
import type { DecisionView } from "#lib/orders/order-schema.ts";

/** A decision that waits here before it leaves, with what its sentence names. */
export type LeavingDecision = {
  decision: DecisionView;
  number: string;
  vendor: string;
  /** When it leaves, by this browser's clock, epoch ms. */
  until: number;
};

let leaving: readonly LeavingDecision[] = [];
const listeners = new Set<() => void>();

function change(next: readonly LeavingDecision[]): void {
  leaving = next;
  for (const tell of listeners) tell();
}

/** Shows that a decision can be taken back, on whatever page its maker goes to; nothing for one that left at once. */
export function trackLeaving(decision: DecisionView, number: string, vendor: string): void {
  const { leavesAt, requestedAt, attempts } = decision;
  if (!leavesAt || decision.state === "undone" || attempts > 0) return;
  // The server's two times tell how long; its clock and this one may differ.
  const until = Date.now() + new Date(leavesAt).getTime() - new Date(requestedAt).getTime();
  change([...leaving.filter((one) => one.decision.id !== decision.id), { decision, number, vendor, until }]);
  // Here, not where it is shown: of many that leave at once only the newest are on screen.
  setTimeout(() => forgetLeaving(decision.id), until - Date.now());
}

export function forgetLeaving(decisionId: string): void {
  change(leaving.filter(({ decision }) => decision.id !== decisionId));
}

const hearers = new Set<(decision: DecisionView) => void>();

/** A decision was taken back in time: nothing was sent. */
export function tellTakenBack(decision: DecisionView): void {
  for (const hear of hearers) hear(decision);
}

/** @returns what ends the listening */
export function onTakenBack(hear: (decision: DecisionView) => void): () => void {
  hearers.add(hear);
  return () => hearers.delete(hear);
}

/** The decisions of this browser that wait, the newest last. */
export function useLeaving(): readonly LeavingDecision[] {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => leaving,
    () => NONE,
  );
}

const NONE: readonly LeavingDecision[] = [];
