/** Where an order's paper is made. @param paper e.g. "work-ticket" */
export function paperAddress(orderId: string, paper: string): string {
  return `/api/orders/${orderId}/${paper}`;
}

/** As many orders as one PDF holds. */
export const MOST_PRINTED = 100;

/** Where the work tickets of several orders are made, in one PDF. */
export function ticketsAddress(orderIds: readonly string[]): string {
  return `/api/orders/papers?kind=work_ticket&ids=${orderIds.join()}`;
}
