import type { Completeness, OrderDetailView, Restoration } from "#lib/orders/order-schema.ts";
import type { ContradictionField, ContradictionId } from "./contradiction-ids.ts";

/** What the check knows of an order. Pure data: it runs in the portal, in the browser and in tests alike. */
export type CheckedOrder = {
  form: OrderDetailView["prescription"]["form"];
  restorations: readonly Restoration[];
  /** FDI numbers as the portal lists them. */
  bridges: readonly (readonly number[])[];
  /** What the clinic wrote. */
  note: string | null;
  /** The jaws of the scans that are listed; null while only the list entry of the order is here. */
  scans: readonly { jaw: string | null }[] | null;
  completeness: Completeness;
  infoRequest: "none" | "requested" | "received";
  /** A calendar day. */
  dueOn: string | null;
  /** ISO instant. */
  receivedAt: string;
};

export type Contradiction = {
  id: ContradictionId;
  field: ContradictionField;
  /** FDI numbers of the teeth it is about, also such that are no tooth. Empty: it is about the order as a whole. */
  teeth: number[];
  /** What its sentence names: a shade, a material, a number as it was written. */
  facts: Record<string, string>;
};
