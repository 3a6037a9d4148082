import { createHash } from "node:crypto";
import { documentBytes } from "./documents.ts";
import { stableUuid } from "./random.ts";
import { signDownload } from "./signed-urls.ts";
import type { Account, CaseFile, CaseRecord, Group, OrderRecord } from "./vendor-records.ts";
import type { World } from "./world.ts";

/** The shapes of the guide's answers, and what each side may see in them. */

export const SCHEMA_VERSION = "s1";
export const GROUP_BUCKET = "com-meditlink-group-files-global-sandbox";
export const CASE_BUCKET = "com-meditlink-case-files-sandbox";

/** ISO-8601 UTC with second precision, as in every body of the guide. */
export function vendorDate(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}

/** The guide's impossible dates: epoch milliseconds printed as if they were seconds, e.g. +52377-10-31T18:06:40Z. */
export function secondsPrinted(at: number): string {
  return new Date(Math.floor(at / 1000) * 1_000_000)
    .toISOString()
    .replace(/^\+0?/, "+")
    .replace(/\.\d+Z$/, "Z");
}

export function userView(world: World, account: Account): Record<string, unknown> {
  const group = account.groupUuid === null ? null : world.group(account.groupUuid);
  const image = documentBytes({ kind: "document", document: "photo", seed: account.email.length, title: "" });
  return {
    schemaVersion: SCHEMA_VERSION,
    dateUpdated: vendorDate(account.updatedAt),
    dateCreated: vendorDate(account.createdAt),
    email: account.email,
    name: account.name,
    ...(group === null
      ? {}
      : {
          profileImage: {
            name: "profile.png",
            size: image.length,
            hashValue: createHash("md5").update(image).digest("hex"),
            hashAlgorithm: "MD5",
            uuid: stableUuid(account.email),
            ...signDownload(world, `/${GROUP_BUCKET}/photos/${account.email.length}.png`),
          },
          group: groupHead(group),
        }),
  };
}

function groupHead(group: Group): Record<string, unknown> {
  return {
    dateUpdated: vendorDate(group.updatedAt),
    dateCreated: vendorDate(group.createdAt),
    uuid: group.uuid,
    name: group.name,
    description: group.description,
    type: group.type,
  };
}

const GROUP_IMAGES = ["COVER_IMAGE", "LOGO_IMAGE", "INTRO_PHOTO"];

export function groupView(world: World, group: Group): Record<string, unknown> {
  return {
    ...groupHead(group),
    contact: group.contact,
    address: group.address,
    homePage: group.homePage,
    files: GROUP_IMAGES.map((fileType, index) => {
      const seed = group.name.length + index;
      const uuid = stableUuid(`${group.uuid} ${fileType}`);
      return {
        uuid,
        size: documentBytes({ kind: "document", document: "photo", seed, title: "" }).length,
        mimeType: "image/png",
        fileType,
        url: `${world.urls.meditlinkStorage}/${GROUP_BUCKET}/public/${seed}/${uuid}`,
        dateUpdated: vendorDate(group.createdAt),
        dateCreated: vendorDate(group.createdAt),
      };
    }),
    schemaVersion: SCHEMA_VERSION,
  };
}

export function fileSummary(file: CaseFile): Record<string, unknown> {
  return {
    name: file.name,
    size: file.size,
    uuid: file.uuid,
    dateUpdated: vendorDate(file.updatedAt),
    dateCreated: vendorDate(file.createdAt),
    fileType: file.fileType,
  };
}

/** A case in a list. Labs never see `patient.code`, and the name only when the clinic shares it (guide §3.3.1). */
export function caseSummary(record: CaseRecord, sees: { name: boolean; code: boolean }): Record<string, unknown> {
  return {
    dateUpdated: vendorDate(record.updatedAt),
    dateCreated: vendorDate(record.createdAt),
    dateScanned: record.scannedAt === null ? "" : vendorDate(record.scannedAt),
    uuid: record.uuid,
    name: record.name,
    status: record.status,
    tags: record.tags,
    patient: patientView(record, sees),
  };
}

export function caseView(record: CaseRecord, sees: { name: boolean; code: boolean }): Record<string, unknown> {
  return {
    ...caseSummary(record, sees),
    files: record.files.map(fileSummary),
    formInformation: record.formInformation,
    multiOcclusionGroup: record.multiOcclusionGroup,
    bridges: record.bridges,
  };
}

function patientView({ patient }: CaseRecord, sees: { name: boolean; code: boolean }): CaseRecord["patient"] {
  if (patient === null) return null;
  return { name: sees.name ? patient.name : "", code: sees.code ? patient.code : "" };
}

export function mayOrderSideSee(order: OrderRecord, groupUuid: string): { name: boolean; code: boolean } {
  const isBuyer = order.buyer === groupUuid;
  return { name: isBuyer || order.sharesPatientName, code: isBuyer };
}

function partyHead({ uuid, name, type }: Group): Record<string, unknown> {
  return { uuid, name, type };
}

/** Buyer and seller of an order carry the impossible dates of the guide (§3.5.2). */
function partyView(group: Group): Record<string, unknown> {
  return {
    ...groupHead(group),
    dateUpdated: secondsPrinted(group.updatedAt),
    dateCreated: secondsPrinted(group.createdAt),
    contact: group.contact,
    address: group.address,
    homePage: group.homePage,
  };
}

function orderDates(order: OrderRecord): Record<string, unknown> {
  const due = order.desiredDelivery;
  return {
    dateUpdated: vendorDate(order.updatedAt),
    dateCreated: vendorDate(order.createdAt),
    dateDesiredDelivery: typeof due === "number" ? vendorDate(due) : due,
    status: order.status,
  };
}

/** A row of orders/search: the clinic's case in short, as the guide's sample shows its UUID there. */
export function orderSummary(world: World, order: OrderRecord, groupUuid: string): Record<string, unknown> {
  const record = world.cases.get(order.clinicCase);
  if (record === undefined) throw new Error(`Order ${order.number} has no case`);
  const { uuid, name, status, tags, patient } = caseSummary(record, mayOrderSideSee(order, groupUuid));
  return {
    ...orderDates(order),
    buyer: partyHead(world.group(order.buyer)),
    seller: partyHead(world.group(order.seller)),
    case: { uuid, name, status, tags, patient },
    orderNumber: order.number,
    ...order.drift,
  };
}

/** The answer to cancel and reject. */
export function orderShort(world: World, order: OrderRecord): Record<string, unknown> {
  return {
    ...orderDates(order),
    buyer: partyHead(world.group(order.buyer)),
    seller: partyHead(world.group(order.seller)),
    schemaVersion: SCHEMA_VERSION,
    orderNumber: order.number,
  };
}

/** The whole order with the lab's copy of the case: other UUIDs than the clinic's own. */
export function orderView(world: World, order: OrderRecord, groupUuid: string): Record<string, unknown> {
  const record = world.cases.get(order.orderCase);
  if (record === undefined) throw new Error(`Order ${order.number} has no case`);
  return {
    ...orderDates(order),
    buyer: partyView(world.group(order.buyer)),
    seller: partyView(world.group(order.seller)),
    description: order.description,
    delivery: order.delivery,
    schemaVersion: SCHEMA_VERSION,
    case: caseView(record, mayOrderSideSee(order, groupUuid)),
    orderNumber: order.number,
    ...order.drift,
  };
}

/** The page envelope, with the guide's own spelling of `totalPage`. */
export function pageOf(content: unknown[], totalElements: number, page: number, size: number): Record<string, unknown> {
  const totalPage = Math.ceil(totalElements / size);
  return {
    schemaVersion: SCHEMA_VERSION,
    size,
    content,
    first: page === 0,
    last: page >= totalPage - 1,
    totalElements,
    numberOfElements: content.length,
    page,
    totalPage,
  };
}
