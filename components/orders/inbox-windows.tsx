"use client";
import dynamic from "next/dynamic";
import type { DecisionKind, DecisionView, OrderView } from "#lib/orders/order-schema.ts";
import type { BulkAction } from "./bulk-bar.tsx";

const DecisionDialog = dynamic(() => import("./decision-dialog.tsx").then((file) => file.DecisionDialog));
const NoteDialog = dynamic(() => import("./note-dialog.tsx").then((file) => file.NoteDialog));
const HoldDialog = dynamic(() => import("./hold-dialog.tsx").then((file) => file.HoldDialog));
const BulkDecisionDialog = dynamic(() => import("./bulk-decision-dialog.tsx").then((file) => file.BulkDecisionDialog));
const BulkNoteDialog = dynamic(() => import("./bulk-note-dialog.tsx").then((file) => file.BulkNoteDialog));

/** What is open over the inbox. */
export type InboxWindow =
  | { name: "decide"; order: OrderView; kind: DecisionKind }
  | { name: "note" | "hold"; order: OrderView }
  | { name: "many"; action: BulkAction; orders: OrderView[] };

/** The window over the inbox; its code comes when it is asked for first. */
export function InboxWindows(props: {
  open: InboxWindow | null;
  onAsked: (order: OrderView, decision: DecisionView) => void;
  onClose: () => void;
}) {
  const { open, onClose } = props;
  switch (open?.name) {
    case "decide":
      return (
        <DecisionDialog
          order={open.order}
          kind={open.kind}
          onAsked={(decision) => props.onAsked(open.order, decision)}
          onClose={onClose}
        />
      );
    case "note":
      return <NoteDialog order={open.order} onClose={onClose} />;
    case "hold":
      return <HoldDialog order={open.order} onClose={onClose} />;
    case "many":
      if (open.action === "note") return <BulkNoteDialog orders={open.orders} onClose={onClose} />;
      return <BulkDecisionDialog orders={open.orders} kind={open.action} onClose={onClose} />;
    default:
      return null;
  }
}
