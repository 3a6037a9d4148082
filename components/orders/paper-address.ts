/** Where an order's paper is made. @param paper e.g. "work-ticket" */
export function paperAddress(orderId: string, paper: string): string {
  return `/api/orders/${orderId}/${paper}`;
}

/** As many orders as one PDF holds. */
export const MOST_PRINTED = 100;

/** Where one paper of several orders is made, in one PDF. @param paper its kind, and how it is printed where there are ways */
export function papersAddress(
  orderIds: readonly string[],
  paper: "work_ticket" | "label" | "label&on=sheet" = "work_ticket",
): string {
  return `/api/orders/papers?kind=${paper}&ids=${orderIds.join()}`;
}
