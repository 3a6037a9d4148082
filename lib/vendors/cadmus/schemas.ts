import { z } from "zod";
import { accessTokenSchema } from "#lib/vendors/access-token.ts";
import type { KnownKeys } from "#lib/vendors/list-unmapped-keys.ts";
import { asIs, id, list, text, wholeNumber } from "#lib/vendors/tolerant-fields.ts";

/** Cadmus' records in its own spelling: the fields we read. The guide has no sections; headings of its pages are cited. */

/** "Authentication" */
export const loginAnswerSchema = z.looseObject({ token: accessTokenSchema, expiresAt: asIs() });

/** "Retrieving orders", `items[]`. What `acceptedData` holds is read by read-accepted-data.ts. */
export const unifiedCaseSchema = z.looseObject({
  id: id(),
  organizationId: text(),
  portalId: text(),
  configuredPortalId: text(),
  caseId: text(),
  guid: text(),
  createdAt: asIs(),
  patientFullname: text(),
  status: text(),
  completenessStatus: text(),
  infoRequestStatus: text(),
  acceptedData: asIs(),
});
export type UnifiedCase = z.output<typeof unifiedCaseSchema>;

/** `page` is 1-based. Items are read one by one: a broken one does not cost the page. */
export const casePageSchema = z.looseObject({
  items: z.array(z.unknown()),
  page: wholeNumber(),
  pageSize: wholeNumber(),
  total: z.coerce.number().int().min(0),
});

/** "Files" and "Order form": a signed URL, good for 15 minutes. */
export const signedFileSchema = z.looseObject({
  url: text(),
  filename: text(),
  fileType: text(),
  expiresAt: asIs(),
});

const portalSchema = z.looseObject({
  id: id(),
  name: text(),
  className: text(),
  url: text(),
  /** Spelled so by the vendor; its form is not documented. */
  axisMaping: asIs(),
  quantizationBits: wholeNumber(),
});

const configuredPortalSchema = z.looseObject({
  id: id(),
  displayName: text(),
  username: text(),
  lastFetch: asIs(),
  portalName: text(),
});

/** "Portals": the document lists fields, not the envelope; a bare list and `{ items }` are both taken. */
const listed = <T extends z.ZodType>(item: T) =>
  z
    .union([z.array(z.unknown()), z.looseObject({ items: z.array(z.unknown()) }).transform((value) => value.items)])
    .pipe(list(item));

export const portalListSchema = listed(portalSchema);
export const configuredPortalListSchema = listed(configuredPortalSchema);

/** Every documented key of an item; inside `acceptedData` its reader counts for itself. */
export const CASE_KEYS: KnownKeys = {
  id: true,
  organizationId: true,
  portalId: true,
  configuredPortalId: true,
  caseId: true,
  guid: true,
  createdAt: true,
  patientFullname: true,
  status: true,
  completenessStatus: true,
  infoRequestStatus: true,
  acceptedData: true,
};
