import { createHash } from "node:crypto";

/** Stands in the description at the practice: the same paper of the same order has the same one, and it tells nothing. */
export function keyOfPaper(orderId: string, kind: string, content: string): string {
  return `CB-${createHash("sha256")
    .update(JSON.stringify([orderId, kind, content]))
    .digest("hex")
    .slice(0, 12)}`;
}

/** Stands in the instructions of the order's lab case. */
export function keyOfOrder(orderId: string): string {
  return keyOfPaper(orderId, "lab_case", "");
}

/** Whether a text of the practice carries a key of ours. */
export function hasOurKey(text: string): boolean {
  return /\[CB-[0-9a-f]{12}\]/.test(text);
}
