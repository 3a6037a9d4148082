"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { DecisionView } from "#lib/orders/order-schema.ts";
import { decisionQuery, isOpen } from "./decisions-queries.ts";
import { useDecisionEnding } from "./use-decision-ending.ts";

/**
 * Follows an open decision to its end and says how it ended.
 * @param shown the decision as the page has it now; null when there is none
 * @returns its newest state
 */
export function useFollowDecision(shown: DecisionView | null, number: string): DecisionView | null {
  const tell = useDecisionEnding();
  const followed = useQuery({ ...decisionQuery(shown?.id ?? ""), enabled: isOpen(shown) }).data;
  // Whichever tells the end first: the order itself, or the decision asked for on its own.
  const decision = isOpen(shown) && followed?.id === shown?.id ? (followed ?? shown) : shown;
  const waitingFor = useRef<string | null>(null);
  useEffect(() => {
    if (!decision) return;
    if (isOpen(decision)) waitingFor.current = decision.id;
    else if (waitingFor.current === decision.id) {
      waitingFor.current = null;
      tell(decision, number);
    }
  }, [decision, number, tell]);
  return decision;
}

/** The same for a decision whose order may not be on screen any more. */
export function FollowedDecision({ decision, number }: { decision: DecisionView; number: string }): null {
  useFollowDecision(decision, number);
  return null;
}
