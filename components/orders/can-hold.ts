import type { OrderView } from "#lib/orders/order-schema.ts";

const WORKED_ON: readonly OrderView["status"][] = ["pending", "accepted", "in_production"];

/** Somebody still has something to do with it, and it is not put aside already. */
export function canHold({ status, hold }: Pick<OrderView, "status" | "hold">): boolean {
  return hold === null && WORKED_ON.includes(status);
}
