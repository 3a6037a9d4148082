"use client";
import { Ban, Check, X } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import type { DecisionKind, OrderView } from "#lib/orders/order-schema.ts";
import { DECISION_WORDS, decisionsOf } from "./decision-words.ts";

const ICONS = { accept: Check, reject: X, cancel: Ban } as const;

/** The decisions this member may take now: exactly those the server names. */
export function OrderActions({
  order,
  onDecide,
  size,
}: {
  order: OrderView;
  onDecide: (kind: DecisionKind) => void;
  size?: "large";
}) {
  const t = useTranslations("decisions");
  const kinds = decisionsOf(order.actions);
  return kinds
    .toSorted((a, b) => Number(a === "accept") - Number(b === "accept"))
    .map((kind) => {
      const Icon = ICONS[kind];
      return (
        <Button
          key={kind}
          look={kind === "accept" ? "primary" : "plain"}
          size={size}
          className={size === "large" ? "flex-1" : ""}
          onClick={() => onDecide(kind)}
        >
          <Icon aria-hidden className="size-4" />
          {t(size === "large" ? DECISION_WORDS[kind].short : DECISION_WORDS[kind].action)}
        </Button>
      );
    });
}
