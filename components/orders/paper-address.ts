/** Where an order's paper is made. @param paper e.g. "work-ticket" */
export function paperAddress(orderId: string, paper: string): string {
  return `/api/orders/${orderId}/${paper}`;
}
