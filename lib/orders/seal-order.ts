import { gunzipSync, gzipSync } from "node:zlib";
import { type SealedPlace, seal, sealJson, unseal, unsealJson } from "#lib/crypto/seal.ts";
import type { PartyContact, PatientData } from "#lib/vendors/vendor.ts";

/**
 * The vendor's records of one order as they came: the list entry and the whole one. The digests tell at the next read,
 * without comparing field by field, whether anything is new; they cover our reading as well, so that a better mapping is
 * applied to orders that did not change at the vendor.
 */
export type RawRecords = {
  list: { record: unknown; digest: string } | null;
  whole: { record: unknown; digest: string } | null;
};

const NOBODY: PatientData = { caseName: null, patientName: null, patientCode: null, description: null, tags: [] };

const NOWHERE: PartyContact = { person: null, mobile: null, phone: null, homePage: null, address: [] };

const patientPlace = (organisationId: string, orderId: string): SealedPlace => ({
  organisationId,
  table: "orders",
  column: "patient_sealed",
  row: orderId,
});
const rawPlace = (organisationId: string, orderId: string): SealedPlace => ({
  organisationId,
  table: "orders",
  column: "raw_sealed",
  row: orderId,
});
const fileNamePlace = (organisationId: string, fileId: string): SealedPlace => ({
  organisationId,
  table: "order_files",
  column: "name_sealed",
  row: fileId,
});
const contactPlace = (organisationId: string, groupId: string): SealedPlace => ({
  organisationId,
  table: "vendor_groups",
  column: "contact_sealed",
  row: groupId,
});

export function sealPatient(organisationId: string, orderId: string, patient: PatientData): Uint8Array<ArrayBuffer> {
  return sealJson(patient, patientPlace(organisationId, orderId));
}

/** @throws {SealError} */
export function openPatient(organisationId: string, orderId: string, sealed: Uint8Array): PatientData {
  return { ...NOBODY, ...(unsealJson(sealed, patientPlace(organisationId, orderId)) as Partial<PatientData>) };
}

/** Compressed before it is sealed: records of a case with many files shrink to a tenth. */
export function sealRaw(organisationId: string, orderId: string, records: RawRecords): Uint8Array<ArrayBuffer> {
  return seal(gzipSync(JSON.stringify(records), { level: 4 }), rawPlace(organisationId, orderId));
}

/** @throws {SealError} */
export function openRaw(organisationId: string, orderId: string, sealed: Uint8Array): RawRecords {
  return JSON.parse(gunzipSync(unseal(sealed, rawPlace(organisationId, orderId))).toString("utf8")) as RawRecords;
}

export function sealFileName(organisationId: string, fileId: string, name: string): Uint8Array<ArrayBuffer> {
  return seal(name, fileNamePlace(organisationId, fileId));
}

/** @throws {SealError} */
export function openFileName(organisationId: string, fileId: string, sealed: Uint8Array): string {
  return unseal(sealed, fileNamePlace(organisationId, fileId)).toString("utf8");
}

export function sealContact(organisationId: string, groupId: string, contact: PartyContact): Uint8Array<ArrayBuffer> {
  return sealJson(contact, contactPlace(organisationId, groupId));
}

/** @throws {SealError} */
export function openContact(organisationId: string, groupId: string, sealed: Uint8Array): PartyContact | null {
  const kept = unsealJson(sealed, contactPlace(organisationId, groupId)) as Partial<PartyContact>;
  return Array.isArray(kept.address) ? { ...NOWHERE, ...kept } : null; // kept before contacts had this shape: the next read brings it
}
