"use client";
import { useEffect, useEffectEvent, useState } from "react";
import { onTakenBack } from "#components/orders/leaving-decisions.ts";
import type { DecisionKind } from "#lib/orders/order-schema.ts";

/** What was done with a case of the deck. */
export type Outcome = DecisionKind | "skipped" | "held";

/** What was done with each case; a decision that was taken back is none any more, and `onReturn` is told whose it was. */
export function useOutcomes(onReturn: (orderId: string) => void) {
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const note = (orderId: string, outcome: Outcome | null) =>
    setOutcomes((before) => {
      const next = new Map(before);
      if (outcome) next.set(orderId, outcome);
      else next.delete(orderId);
      return next;
    });
  const takenBack = useEffectEvent((orderId: string) => {
    note(orderId, null);
    onReturn(orderId);
  });
  useEffect(() => onTakenBack(({ orderId }) => takenBack(orderId)), []);
  return { outcomes, note };
}
