import { keyedHash } from "#lib/crypto/keyring.ts";
import { type SealedPlace, seal, unseal } from "#lib/crypto/seal.ts";

const place = (organisationId: string, tagId: string): SealedPlace => ({
  organisationId,
  table: "tags",
  column: "name_sealed",
  row: tagId,
});

export function sealTagName(organisationId: string, tagId: string, name: string): Uint8Array<ArrayBuffer> {
  return seal(name, place(organisationId, tagId));
}

/** @throws {SealError} */
export function openTagName(organisationId: string, tagId: string, sealed: Uint8Array): string {
  return unseal(sealed, place(organisationId, tagId)).toString("utf8");
}

/** What tells one tag from another: "Rush" and "rush " are one. */
export function tagToken(organisationId: string, name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(keyedHash("tag", organisationId, tidyTag(name).toLocaleLowerCase("und")));
}

/** A tag as it is kept: one space between words, composed letters. */
export function tidyTag(name: string): string {
  return name.normalize("NFC").trim().replace(/\s+/gu, " ");
}
