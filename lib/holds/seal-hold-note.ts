import { seal, unseal } from "#lib/crypto/seal.ts";

const placeOf = (organisationId: string, orderId: string) => ({
  organisationId,
  table: "orders",
  column: "hold_note_sealed",
  row: orderId,
});

/** What a member wrote about an order put aside may name a patient. */
export function sealHoldNote(organisationId: string, orderId: string, note: string): Uint8Array<ArrayBuffer> {
  return seal(note, placeOf(organisationId, orderId));
}

/** @throws {SealError} */
export function openHoldNote(organisationId: string, orderId: string, sealed: Uint8Array): string {
  return unseal(sealed, placeOf(organisationId, orderId)).toString("utf8");
}
