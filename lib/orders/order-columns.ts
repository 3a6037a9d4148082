import { createHash } from "node:crypto";
import type { Prisma } from "#generated/prisma/client.ts";
import { dueDayOf } from "#lib/orders/due-day.ts";
import type { KnownOrder } from "#lib/orders/lock-orders.ts";
import { openPatient, openRaw, type RawRecords, sealPatient, sealRaw } from "#lib/orders/seal-order.ts";
import { tokensOf } from "#lib/orders/search-tokens.ts";
import { storable, storableDate } from "#lib/orders/storable.ts";
import type { ChangedColumns, NewOrder } from "#lib/orders/write-orders.ts";
import type { PatientData, VendorOrder } from "#lib/vendors/vendor.ts";

/** Whose order it is and how its dates are read. */
export type OrderPlace = {
  organisationId: string;
  connectionId: string;
  vendor: string;
  side: string;
  /** The account's group at the vendor. */
  groupKey: string | null;
  timeZone: string;
};

const digests = new WeakMap<VendorOrder, string>();

/** The digest of everything a read brought: equal digests, equal orders. */
export function digestOf(order: VendorOrder): string {
  const known = digests.get(order);
  if (known) return known;
  const digest = createHash("sha256").update(JSON.stringify(order)).digest("base64url");
  digests.set(order, digest);
  return digest;
}

/** The columns of an order seen for the first time. */
export function columnsOfNew(
  place: OrderPlace,
  id: string,
  order: VendorOrder,
  groups: Map<string, string>,
  fetchStartedAt: Date,
): NewOrder {
  return {
    id,
    organisationId: place.organisationId,
    connectionId: place.connectionId,
    vendor: place.vendor,
    number: order.number,
    ...stateColumns(place, order, groups),
    ...contentColumns(order),
    ...sealedColumns(place.organisationId, id, order, order.patient, withRecord({ list: null, whole: null }, order)),
    receivedAt: receivedAtOf(order, fetchStartedAt),
    dueOn: dueOnOf(order, place.timeZone),
    fetchedAt: fetchStartedAt,
    syncedAt: fetchStartedAt,
    detailFetchedAt: order.whole ? fetchStartedAt : null,
    scansCount: scansIn(order),
  };
}

/**
 * The columns to write when a read is taken over what is here. A list entry fills and never erases what a whole read brought.
 * With `fill` only the content is taken: the state on the row is newer.
 */
export function columnsOfChanged(
  place: OrderPlace,
  row: KnownOrder,
  order: VendorOrder,
  groups: Map<string, string>,
  read: { fetchStartedAt: Date; verdict: "take" | "fill" },
): ChangedColumns {
  const raw = withRecord(recordsBefore(row, order), order);
  const patient = order.whole
    ? order.patient
    : mergePatient(openPatient(row.organisationId, row.id, row.patientSealed), order.patient);
  const content = order.whole
    ? { ...contentColumns(order), ...(isFirstWhole(row, order) ? { scansCount: scansIn(order) } : {}) }
    : {};
  const sealed = sealedColumns(row.organisationId, row.id, order, patient, raw);
  const { fetchStartedAt } = read;
  if (read.verdict === "fill") return { ...content, ...sealed, detailFetchedAt: row.fetchedAt };
  const state = stateColumns(place, order, groups);
  return {
    ...state,
    clinicId: state.clinicId ?? (order.whole ? null : row.clinicId),
    labId: state.labId ?? (order.whole ? null : row.labId),
    caseKey: state.caseKey ?? row.caseKey,
    portalCaseKey: state.portalCaseKey ?? row.portalCaseKey,
    completeness: state.completeness === "unknown" && !order.whole ? row.completeness : state.completeness,
    datesCorrected: order.whole ? state.datesCorrected : state.datesCorrected || row.datesCorrected,
    ...content,
    ...sealed,
    receivedAt: order.receivedAt ?? row.receivedAt,
    dueOn: dueOnOf(order, place.timeZone) ?? (order.whole ? null : row.dueOn),
    fetchedAt: fetchStartedAt,
    syncedAt: fetchStartedAt,
    ...(order.whole ? { detailFetchedAt: fetchStartedAt } : {}),
  };
}

/** A read that brings an order's content for the first time. */
export function isFirstWhole(row: KnownOrder, order: VendorOrder): boolean {
  return order.whole && row.detailFetchedAt === null && row.scansCount === 0;
}

/** Which side of this order the account is on: MeditLink names both groups, others one side for all orders. */
function sideOf(place: OrderPlace, order: VendorOrder): string {
  if (place.groupKey && order.lab?.key === place.groupKey) return "lab";
  if (place.groupKey && order.clinic?.key === place.groupKey) return "clinic";
  return place.side;
}

/**
 * Scans that the order will have once its files are kept (lib/orders/recount-scans.ts has the last word): written with the order, so
 * that its row is not written a second time for it.
 */
function scansIn(order: VendorOrder): number {
  return new Set(order.files?.filter((file) => file.kind === "scan").map((file) => file.key)).size;
}

function stateColumns(place: OrderPlace, order: VendorOrder, groups: Map<string, string>) {
  return {
    status: order.status as string,
    vendorStatus: order.vendorStatus,
    completeness: order.completeness as string,
    infoRequest: order.infoRequest as string,
    side: sideOf(place, order),
    clinicId: (order.clinic && groups.get(order.clinic.key)) ?? null,
    labId: (order.lab && groups.get(order.lab.key)) ?? null,
    caseKey: order.caseKey,
    portalCaseKey: order.portalCaseKey,
    vendorUpdatedAt: order.updatedAt,
    datesCorrected: order.datesCorrected,
  };
}

function contentColumns(order: VendorOrder) {
  return {
    form: order.form as string,
    restorations: order.restorations as Prisma.InputJsonValue,
    bridges: order.bridges,
    biteGroups: order.biteGroups,
    delivery: order.delivery as Prisma.InputJsonValue,
    portalKeys: order.portalKeys,
  };
}

function sealedColumns(organisationId: string, id: string, order: VendorOrder, patient: PatientData, raw: RawRecords) {
  return {
    patientSealed: sealPatient(organisationId, id, patient),
    rawSealed: sealRaw(organisationId, id, raw),
    searchTokens: tokensOf(organisationId, [
      order.number,
      patient.caseName,
      patient.patientName,
      order.clinic?.name,
      order.lab?.name,
      patient.patientCode,
      ...patient.tags,
    ]),
  };
}

/** When the order was placed; for a vendor that does not say, the earliest moment it was known. */
export function receivedAtOf(order: VendorOrder, fetchStartedAt: Date): Date {
  return order.receivedAt ?? order.updatedAt ?? fetchStartedAt;
}

export function dueOnOf(order: VendorOrder, timeZone: string): Date | null {
  return order.dueAt && dueDayOf(order.dueAt, timeZone);
}

function withRecord(records: RawRecords, order: VendorOrder): RawRecords {
  const record = { record: order.raw, digest: digestOf(order) };
  return order.whole ? { ...records, whole: record } : { ...records, list: record };
}

/**
 * The records that a new one is kept beside. The whole order says everything its list entry said; only where the vendor dates no
 * change is the entry still needed, to tell at the next read whether it is the same (lib/orders/import-orders.ts).
 */
function recordsBefore(row: KnownOrder, order: VendorOrder): RawRecords {
  if (order.whole && order.updatedAt) return { list: null, whole: null };
  return openRaw(row.organisationId, row.id, row.rawSealed);
}

function mergePatient(here: PatientData, entry: PatientData): PatientData {
  return {
    caseName: entry.caseName ?? here.caseName,
    patientName: entry.patientName ?? here.patientName,
    patientCode: entry.patientCode ?? here.patientCode,
    description: entry.description ?? here.description,
    tags: entry.tags.length > 0 ? entry.tags : here.tags,
  };
}

/** Longer ids are none: no index takes them, and one such id would stop every order beside it (F19). */
const LONGEST_KEY = 400;

/** The order with everything that goes into columns made storable; the raw record is sealed as it came. */
export function storableOrder(order: VendorOrder): VendorOrder {
  const { raw, receivedAt, dueAt, updatedAt, ...rest } = order;
  return {
    ...withKeysThatFit(storable(rest)),
    raw,
    receivedAt: storableDate(receivedAt),
    dueAt: storableDate(dueAt),
    updatedAt: storableDate(updatedAt),
  };
}

function withKeysThatFit<T extends Omit<VendorOrder, "raw" | "receivedAt" | "dueAt" | "updatedAt">>(order: T): T {
  const fitting = (key: string | null) => (key !== null && key.length > LONGEST_KEY ? null : key);
  const party = (given: VendorOrder["clinic"]) => given && fitting(given.key) && given;
  // A key that ends with the file's name is kept without it (lib/orders/file-key.ts).
  const keyLength = ({ key, name }: { key: string; name: string }) =>
    key.endsWith(name) ? key.length - name.length : key.length;
  return {
    ...order,
    vendorStatus: order.vendorStatus.slice(0, LONGEST_KEY),
    caseKey: fitting(order.caseKey),
    portalCaseKey: fitting(order.portalCaseKey),
    clinic: party(order.clinic) || null,
    lab: party(order.lab) || null,
    files: order.files?.filter((file) => keyLength(file) <= LONGEST_KEY) ?? null,
  };
}
