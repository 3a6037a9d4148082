import type { Principal } from "#lib/access/principal.ts";
import { AppError } from "#lib/errors.ts";
import { openOrderForm } from "#lib/scans/open-order-form.ts";
import { printPapers } from "./print-papers.ts";

/**
 * An order's form: the one that the portal made, as an object of the store; where it made none, one of ours.
 * @throws {AppError} forbidden, not_found for another organisation's order, not_converted_yet
 */
export async function findOrderForm(
  principal: Principal,
  orderId: string,
): Promise<{ name: string; sha256: string } | { name: string; bytes: Buffer }> {
  try {
    return await openOrderForm(principal, orderId);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not_found") throw error;
    return printPapers(principal, "order_form", [orderId]);
  }
}
