import { z } from "zod";
import type { KnownKeys } from "#lib/vendors/list-unmapped-keys.ts";
import { asIs, id, list, record, text, wholeNumber } from "#lib/vendors/tolerant-fields.ts";

/**
 * MeditLink's records in its own spelling: the fields we read. Codes stay text (Appendix A is open-ended), dates are read by
 * parse-vendor-date.ts, unknown keys stay in the raw record.
 */

const profileImageShape = {
  uuid: text(),
  name: text(),
  size: wholeNumber(),
  url: text(),
  hashValue: text(),
  dateExpired: asIs(),
};

/** §3.2.1; inside orders (§3.5.2) the same without files, in order lists uuid, name and type only. */
const groupShape = {
  uuid: text(),
  name: text(),
  type: text(),
  description: text(),
  dateUpdated: asIs(),
  dateCreated: asIs(),
  contact: record({ userName: text(), cellPhone: text(), officePhone: text() }),
  address: record({ state: text(), city: text(), postal: text(), detail1: text(), detail2: text() }),
  homePage: text(),
};

/** §3.1.1, §3.1.2 */
export const userSchema = z.looseObject({
  email: text(),
  name: text(),
  dateUpdated: asIs(),
  dateCreated: asIs(),
  profileImage: record(profileImageShape),
  group: record(groupShape),
});

/** §3.2.1 */
export const groupSchema = z.looseObject({
  ...groupShape,
  uuid: id(),
  files: list(z.looseObject({ uuid: id(), size: wholeNumber(), mimeType: text(), fileType: text(), url: text() })),
});

/** §3.3.2 `files[]`, §3.4.4 */
export const fileSchema = z.looseObject({
  uuid: id(),
  name: text(),
  size: wholeNumber(),
  fileType: text(),
  dateUpdated: asIs(),
  dateCreated: asIs(),
});

const formItemSchema = z.looseObject({
  category: text(),
  categoryDisplayName: text(),
  method: text(),
  methodDisplayName: text(),
  material: text(),
  materialDisplayName: text(),
  shade: text(),
  toothNo: text(),
  jawType: text(),
  multiDieNo: wholeNumber(),
});

const caseShape = {
  uuid: text(),
  name: text(),
  status: text(),
  tags: list(z.string()),
  patient: record({ name: text(), code: text() }),
  dateUpdated: asIs(),
  dateCreated: asIs(),
  dateScanned: asIs(),
  /** Null in lists, which do not have it. */
  files: list(fileSchema).nullish(),
  formInformation: record({ type: text(), items: list(formItemSchema) }),
  multiOcclusionGroup: list(z.looseObject({ groupId: text(), groupName: text(), files: list(id()) })),
  bridges: list(list(z.union([z.number(), z.string()]))),
};

/** §3.3.1 `content[]`, §3.3.2 */
export const caseSchema = z.looseObject({ ...caseShape, uuid: id() });

/** §3.5.1 `content[]`, §3.5.2 to §3.5.5: every answer about an order is a part of this. */
export const orderSchema = z.looseObject({
  orderNumber: id(),
  status: text(),
  dateUpdated: asIs(),
  dateCreated: asIs(),
  dateDesiredDelivery: asIs(),
  description: text(),
  /** The document's sample is empty and its field names are lost: kept as it comes. */
  delivery: list(z.looseObject({})),
  buyer: record(groupShape),
  seller: record(groupShape),
  case: record(caseShape),
});
export type MeditlinkOrder = z.output<typeof orderSchema>;
export type MeditlinkCase = NonNullable<MeditlinkOrder["case"]>;
export type MeditlinkGroup = NonNullable<MeditlinkOrder["buyer"]>;
export type MeditlinkFile = z.output<typeof fileSchema>;

/** The envelope of both searches. Rows are read one by one: a broken one does not cost the page. */
export const pageSchema = z.looseObject({
  content: z.array(z.unknown()),
  totalElements: z.coerce.number().int().min(0),
  page: wholeNumber(),
  size: wholeNumber(),
  totalPage: wholeNumber(),
  numberOfElements: wholeNumber(),
});

/** 204: "the requested list could not be found" (§2.3.1) is an empty page. */
export const EMPTY_PAGE = { content: [], totalElements: 0, totalPage: 0, numberOfElements: 0 };

/** §3.4.1. Without `url` the file is still being converted. */
export const fileDownloadSchema = z.looseObject({
  uuid: text(),
  url: text(),
  downloadFileName: text(),
  dateExpired: asIs(),
  items: list(
    z.looseObject({ name: z.string(), size: z.coerce.number().int().min(0), hashValue: text(), hashAlgorithm: text() }),
  ),
});

/** §3.4.2 */
export const fileRegistrationSchema = z.looseObject({
  uuid: id(),
  uploadUrl: z.string().min(1),
  dateExpired: asIs(),
  item: record({ name: text(), size: wholeNumber(), hashValue: text(), hashAlgorithm: text() }),
});

/** §3.4.2, request. `hashValue` is the Base64 of the MD5, `size` bytes. */
export const registerFileBodySchema = z.strictObject({
  caseUuid: z.string().trim().min(1).max(200),
  name: z.string().trim().min(1).max(255),
  size: z.number().int().min(1),
  hashValue: z.string().regex(/^[A-Za-z0-9+/]{22}==$/, "must be the Base64 of an MD5"),
  callbackUrl: z.url({ protocol: /^https?$/ }),
});

/** What stands in a path; only a caller of the proxy can get it wrong. */
export const orderParamsSchema = z.strictObject({ orderNumber: z.string().regex(/^\d{1,18}$/) });
export const caseParamsSchema = z.strictObject({ caseUuid: z.string().regex(/^[\w-]{1,100}$/) });
export const fileParamsSchema = z.strictObject({ fileUuid: z.string().regex(/^[\w-]{1,100}$/) });

const GROUP_KEYS: KnownKeys = {
  uuid: true,
  name: true,
  type: true,
  description: true,
  dateUpdated: true,
  dateCreated: true,
  homePage: true,
  contact: { userName: true, cellPhone: true, officePhone: true },
  address: { state: true, city: true, postal: true, detail1: true, detail2: true },
};

/** Every documented key of an order; `delivery` is kept loosely, so nothing in it counts as unmapped. */
export const ORDER_KEYS: KnownKeys = {
  schemaVersion: true,
  orderNumber: true,
  status: true,
  dateUpdated: true,
  dateCreated: true,
  dateDesiredDelivery: true,
  description: true,
  delivery: true,
  buyer: GROUP_KEYS,
  seller: GROUP_KEYS,
  case: {
    uuid: true,
    name: true,
    status: true,
    tags: true,
    dateUpdated: true,
    dateCreated: true,
    dateScanned: true,
    schemaVersion: true,
    patient: { name: true, code: true },
    files: { uuid: true, name: true, size: true, fileType: true, dateUpdated: true, dateCreated: true },
    formInformation: {
      type: true,
      items: {
        category: true,
        categoryDisplayName: true,
        method: true,
        methodDisplayName: true,
        material: true,
        materialDisplayName: true,
        shade: true,
        toothNo: true,
        jawType: true,
        multiDieNo: true,
      },
    },
    multiOcclusionGroup: { groupId: true, groupName: true, files: true },
    bridges: true,
  },
};
