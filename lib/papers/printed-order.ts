import type { OrderDetailView } from "#lib/orders/order-schema.ts";

/** An order as it is put on paper. */
export type PrintedOrder = {
  order: OrderDetailView;
  /** Opens the order, for the QR code. */
  address: string;
  /** PNG of the scans; null when there is none. */
  picture: Buffer | null;
};
