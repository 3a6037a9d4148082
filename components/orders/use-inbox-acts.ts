"use client";
import { useState } from "react";
import { usePreferences } from "#components/portal/preferences-context.tsx";
import type { DecisionKind, OrderView } from "#lib/orders/order-schema.ts";
import { canHold } from "./can-hold.ts";
import { downloadAddress, downloadManyAddress, MOST_IN_ONE_ZIP } from "./download-address.ts";
import type { InboxWindow } from "./inbox-windows.tsx";
import { papersAddress } from "./paper-address.ts";

/** What is done with the marked orders, or with the one the keys are on where none is marked; and the window that asks for more. */
export function useInboxActs(current: OrderView | undefined, marked: OrderView[]) {
  const { downloadFormat } = usePreferences().preferences;
  const [open, setOpen] = useState<InboxWindow | null>(null);
  const meant = marked.length > 0 ? marked : current ? [current] : [];
  return {
    open,
    setOpen,
    decide: (kind: DecisionKind) => () => {
      if (!meant.some((order) => order.actions.includes(kind))) return;
      if (marked.length > 0) setOpen({ name: "many", action: kind, orders: marked });
      else setOpen({ name: "decide", order: meant[0]!, kind });
    },
    note: () => {
      if (marked.length > 0) setOpen({ name: "many", action: "note", orders: marked });
      else if (current) setOpen({ name: "note", order: current });
    },
    hold: () => {
      if (current && marked.length === 0 && canHold(current)) setOpen({ name: "hold", order: current });
    },
    print: () => {
      if (meant.length > 0) window.open(papersAddress(meant.map(({ id }) => id)), "_blank", "noopener");
    },
    download: () => {
      if (meant.length === 0 || meant.length > MOST_IN_ONE_ZIP) return;
      const ids = meant.map(({ id }) => id);
      const one = ids.length === 1 && ids[0];
      window.location.assign(one ? downloadAddress(one, downloadFormat) : downloadManyAddress(ids, downloadFormat));
    },
  };
}
