import type { OrderView } from "#lib/orders/order-schema.ts";

const WORKED_ON: readonly OrderView["status"][] = ["pending", "accepted", "in_production"];

/** This is the lab's side, somebody still has something to do with it, and it is not put aside already. */
export function canHold({ side, status, hold }: Pick<OrderView, "side" | "status" | "hold">): boolean {
  return side === "lab" && hold === null && WORKED_ON.includes(status);
}
