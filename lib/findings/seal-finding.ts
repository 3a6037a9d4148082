import { type SealedPlace, sealJson, unsealJson } from "#lib/crypto/seal.ts";
import type { FindingGeometry, FindingView } from "./finding-schema.ts";

/** What is sealed of a finding: everything somebody wrote or drew may say something about the patient. */
export type FindingContent = {
  name: string;
  value: string;
  geometry: FindingGeometry;
  view: FindingView;
  thread: { id: string; by: string; at: string; text: string }[];
};

const place = (organisationId: string, findingId: string): SealedPlace => ({
  organisationId,
  table: "findings",
  column: "content_sealed",
  row: findingId,
});

/** @param organisationId whose finding it is, also when the other side reads it */
export function sealFinding(organisationId: string, id: string, content: FindingContent): Uint8Array<ArrayBuffer> {
  return sealJson(content, place(organisationId, id));
}

/** @throws {SealError} */
export function openFinding(organisationId: string, id: string, sealed: Uint8Array): FindingContent {
  return unsealJson(sealed, place(organisationId, id)) as FindingContent;
}
