import { z } from "zod";
import type { Permission } from "#lib/access/principal.ts";
import { auditFilterSchema, auditPageSchema, auditQuerySchema } from "#lib/audit/audit-schema.ts";
import {
  connectionListSchema,
  connectionSchema,
  createConnectionBodySchema,
} from "#lib/connections/connection-schema.ts";
import {
  bringPicturesBodySchema,
  chartCategorySchema,
  chartMatchSchema,
  chartPictureSchema,
  confirmPatientBodySchema,
  filingSchema,
  findPatientsBodySchema,
  labCaseBodySchema,
  labCaseChoicesSchema,
  patientCandidateSchema,
} from "#lib/documents/document-schema.ts";
import { changeFindingBodySchema, createFindingBodySchema, findingSchema } from "#lib/findings/finding-schema.ts";
import { notificationRuleBodySchema, notificationRuleSchema } from "#lib/notifications/notification-schema.ts";
import {
  decideBodySchema,
  decisionSchema,
  listOrdersQuerySchema,
  orderDetailSchema,
  orderEventSchema,
  orderPageSchema,
} from "#lib/orders/order-schema.ts";
import { paperQuerySchema, papersQuerySchema } from "#lib/papers/paper-schema.ts";
import { changePreferencesBodySchema, preferencesSchema } from "#lib/preferences/preferences-schema.ts";
import {
  casePreviewQuerySchema,
  downloadQuerySchema,
  previewQuerySchema,
  scanSchema,
  thumbnailQuerySchema,
} from "#lib/scans/scan-schema.ts";
import { viewSchema } from "#lib/views/list-views.ts";

export type Operation = {
  method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** With {parameters}. */
  path: string;
  summary: string;
  permission: Permission | "signed-in" | "public";
  query?: z.ZodType;
  body?: z.ZodType;
  /** The field of a multipart form that holds a file, in the place of a body. */
  form?: string;
  /** Absent: no body, or the media type below. */
  response?: z.ZodType;
  media?: string;
  status?: number;
};

const items = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });
const decisionAnswer = z.object({ decision: decisionSchema });

/**
 * The HTTP surface of design §5 that others build on. The schemas are the ones that check requests and shape answers, so this
 * list cannot say something else than the routes do; a test holds it against the route files.
 */
export const OPERATIONS: readonly Operation[] = [
  {
    method: "GET",
    path: "/api/me",
    summary: "Who I am, in which organisation, and what I may do",
    permission: "signed-in",
  },
  { method: "PATCH", path: "/api/me", summary: "Change my name, language or tooth notation", permission: "signed-in" },
  {
    method: "GET",
    path: "/api/me/preferences",
    summary: "How I like the portal here: columns, density, grouping, formats, keys",
    permission: "signed-in",
    response: preferencesSchema,
  },
  {
    method: "PUT",
    path: "/api/me/preferences",
    summary: "Change what is named of my preferences",
    permission: "signed-in",
    body: changePreferencesBodySchema,
    response: preferencesSchema,
  },
  {
    method: "GET",
    path: "/api/orders",
    summary: "List orders",
    permission: "read",
    query: listOrdersQuerySchema,
    response: orderPageSchema,
  },
  {
    method: "GET",
    path: "/api/views",
    summary: "The inbox's views with how many orders each has now",
    permission: "read",
    response: items(viewSchema),
  },
  {
    method: "GET",
    path: "/api/orders/{id}",
    summary: "One order with its prescription and files",
    permission: "read",
    response: orderDetailSchema,
  },
  {
    method: "GET",
    path: "/api/orders/{id}/events",
    summary: "What happened to an order, newest first",
    permission: "read",
    response: items(orderEventSchema),
  },
  {
    method: "GET",
    path: "/api/orders/{id}/scans",
    summary: "The scans of an order",
    permission: "read",
    response: items(scanSchema),
  },
  {
    method: "GET",
    path: "/api/orders/{id}/preview",
    summary:
      "The first picture of a case: the low previews of its scans as one glTF file, a node per scan, named by its id",
    permission: "read",
    query: casePreviewQuerySchema,
    media: "model/gltf-binary",
  },
  {
    method: "GET",
    path: "/api/orders/{id}/thumbnail",
    summary: "A small picture of the case for lists, 96 × 64 pixels with transparency",
    permission: "read",
    query: thumbnailQuerySchema,
    media: "image/png",
  },
  {
    method: "GET",
    path: "/api/orders/{id}/findings",
    summary: "What was measured and noted on the scans, ours and what the other side shares",
    permission: "read",
    response: items(findingSchema),
  },
  {
    method: "POST",
    path: "/api/orders/{id}/findings",
    summary: "Save a measurement, section, map or pin with the order",
    permission: "decide",
    body: createFindingBodySchema,
    response: findingSchema,
    status: 201,
  },
  {
    method: "PATCH",
    path: "/api/orders/{id}/findings/{findingId}",
    summary: "Rename or share a finding, or add to its thread",
    permission: "decide",
    body: changeFindingBodySchema,
    response: findingSchema,
  },
  {
    method: "DELETE",
    path: "/api/orders/{id}/findings/{findingId}",
    summary: "Remove a finding",
    permission: "decide",
    status: 204,
  },
  {
    method: "POST",
    path: "/api/orders/{id}/accept",
    summary: "Accept an order (lab)",
    permission: "decide",
    body: decideBodySchema,
    response: decisionAnswer,
    status: 202,
  },
  {
    method: "POST",
    path: "/api/orders/{id}/reject",
    summary: "Reject an order (lab)",
    permission: "decide",
    body: decideBodySchema,
    response: decisionAnswer,
    status: 202,
  },
  {
    method: "POST",
    path: "/api/orders/{id}/cancel",
    summary: "Cancel an order (clinic)",
    permission: "decide",
    body: decideBodySchema,
    response: decisionAnswer,
    status: 202,
  },
  {
    method: "GET",
    path: "/api/decisions/{id}",
    summary: "How far a decision is",
    permission: "read",
    response: decisionSchema,
  },
  {
    method: "POST",
    path: "/api/orders/{id}/attachments",
    summary: "Attach a file to the case (multipart, field file)",
    permission: "decide",
    form: "file",
    status: 202,
  },
  {
    method: "DELETE",
    path: "/api/orders/{id}/attachments/{fileId}",
    summary: "Remove an attached file at the vendor",
    permission: "decide",
    status: 202,
  },
  {
    method: "GET",
    path: "/api/orders/{id}/download",
    summary: "All files of an order as a zip",
    permission: "download",
    query: downloadQuerySchema,
    media: "application/zip",
  },
  {
    method: "GET",
    path: "/api/orders/{id}/order-form",
    summary: "The order form: the portal's own, or ours where it makes none",
    permission: "read",
    media: "application/pdf",
  },
  {
    method: "GET",
    path: "/api/orders/{id}/work-ticket",
    summary: "The work ticket, in my language and notation",
    permission: "read",
    query: paperQuerySchema,
    media: "application/pdf",
  },
  {
    method: "GET",
    path: "/api/orders/{id}/delivery-note",
    summary: "The delivery note, in my language and notation",
    permission: "read",
    query: paperQuerySchema,
    media: "application/pdf",
  },
  {
    method: "GET",
    path: "/api/orders/{id}/label",
    summary: "A label for a label printer or on a sheet",
    permission: "read",
    query: paperQuerySchema,
    media: "application/pdf",
  },
  {
    method: "GET",
    path: "/api/orders/papers",
    summary: "A paper of several orders in one PDF",
    permission: "read",
    query: papersQuerySchema,
    media: "application/pdf",
  },
  {
    method: "POST",
    path: "/api/orders/{id}/chart/patients",
    summary: "Patients of the practice who may be this order's (clinic)",
    permission: "decide",
    body: findPatientsBodySchema,
    response: items(patientCandidateSchema),
  },
  {
    method: "GET",
    path: "/api/orders/{id}/chart/match",
    summary: "The confirmed patient of the practice",
    permission: "read",
    response: z.object({ match: chartMatchSchema.nullable() }),
  },
  {
    method: "POST",
    path: "/api/orders/{id}/chart/match",
    summary: "Confirm the patient with a second identifier",
    permission: "decide",
    body: confirmPatientBodySchema,
    response: chartMatchSchema,
    status: 201,
  },
  {
    method: "DELETE",
    path: "/api/orders/{id}/chart/match",
    summary: "Take the patient back within ten minutes, with what was filed since",
    permission: "decide",
    status: 204,
  },
  {
    method: "GET",
    path: "/api/orders/{id}/chart/categories",
    summary: "Folders of the chart, with the proposed one",
    permission: "decide",
    response: items(chartCategorySchema),
  },
  {
    method: "GET",
    path: "/api/orders/{id}/chart/filings",
    summary: "What was filed into the chart, newest first",
    permission: "read",
    response: items(filingSchema),
  },
  {
    method: "POST",
    path: "/api/orders/{id}/chart/filings",
    summary: "File a paper into the chart (multipart, fields file and details; or details alone for the order form)",
    permission: "decide",
    response: filingSchema,
    status: 201,
  },
  {
    method: "GET",
    path: "/api/orders/{id}/chart/pictures",
    summary: "Pictures of the chart with thumbnails",
    permission: "decide",
    response: items(chartPictureSchema),
  },
  {
    method: "POST",
    path: "/api/orders/{id}/chart/pictures",
    summary: "Bring pictures over: they become attachments",
    permission: "decide",
    body: bringPicturesBodySchema,
    status: 202,
  },
  {
    method: "GET",
    path: "/api/orders/{id}/chart/lab-case",
    summary: "Labs, providers and appointments to choose from, and the lab case that is there",
    permission: "decide",
    response: labCaseChoicesSchema,
  },
  {
    method: "PUT",
    path: "/api/orders/{id}/chart/lab-case",
    summary: "Create the practice's lab case or bring it up to date",
    permission: "decide",
    body: labCaseBodySchema,
    response: z.object({ key: z.string() }),
  },
  {
    method: "GET",
    path: "/api/scans/{id}",
    summary: "One scan: state, mesh facts, error bound",
    permission: "read",
    response: scanSchema,
  },
  {
    method: "GET",
    path: "/api/scans/{id}/preview",
    summary: "The preview mesh, ranged and immutable",
    permission: "read",
    query: previewQuerySchema,
    media: "model/gltf-binary",
  },
  {
    method: "GET",
    path: "/api/scans/{id}/download",
    summary: "The scan as the vendor packed it, or in another format",
    permission: "download",
    query: downloadQuerySchema,
    media: "application/octet-stream",
  },
  {
    method: "POST",
    path: "/api/scans/{id}/retry",
    summary: "Fetch a failed scan again",
    permission: "read",
    status: 202,
  },
  {
    method: "GET",
    path: "/api/connections",
    summary: "Connections and what can be connected",
    permission: "read",
    response: connectionListSchema,
  },
  {
    method: "POST",
    path: "/api/connections",
    summary: "Connect an account with password or keys",
    permission: "connect",
    body: createConnectionBodySchema,
    response: connectionSchema,
    status: 201,
  },
  {
    method: "GET",
    path: "/api/connections/{id}",
    summary: "One connection",
    permission: "read",
    response: connectionSchema,
  },
  {
    method: "DELETE",
    path: "/api/connections/{id}",
    summary: "Disconnect an account; its orders stay readable",
    permission: "connect",
    status: 204,
  },
  { method: "POST", path: "/api/connections/{id}/sync", summary: "Sync now", permission: "sync", status: 202 },
  {
    method: "GET",
    path: "/api/oauth/{vendor}/authorize",
    summary: "Begin connecting an account (redirects to the vendor)",
    permission: "connect",
    query: z.object({ connection: z.uuid().optional() }),
    status: 302,
  },
  {
    method: "GET",
    path: "/api/oauth/{vendor}/callback",
    summary: "The OAuth callback",
    permission: "public",
    status: 302,
  },
  {
    method: "GET",
    path: "/api/events",
    summary: "Server-sent: something changed, with ids",
    permission: "read",
    media: "text/event-stream",
  },
  {
    method: "GET",
    path: "/api/sftp-drop",
    summary: "Where practices give and take files, and the host key's fingerprint",
    permission: "connect",
  },
  { method: "GET", path: "/api/members", summary: "The organisation's people", permission: "read" },
  {
    method: "GET",
    path: "/api/notification-rules",
    summary: "What members are told of by mail",
    permission: "administer",
    response: items(notificationRuleSchema),
  },
  {
    method: "POST",
    path: "/api/notification-rules",
    summary: "Tell members of something by mail from now on",
    permission: "administer",
    body: notificationRuleBodySchema,
    response: notificationRuleSchema,
    status: 201,
  },
  {
    method: "PUT",
    path: "/api/notification-rules/{id}",
    summary: "Change a rule",
    permission: "administer",
    body: notificationRuleBodySchema,
    response: notificationRuleSchema,
  },
  {
    method: "DELETE",
    path: "/api/notification-rules/{id}",
    summary: "Remove a rule",
    permission: "administer",
    status: 204,
  },
  {
    method: "GET",
    path: "/api/audit",
    summary: "The audit trail, newest first",
    permission: "administer",
    query: auditQuerySchema,
    response: auditPageSchema,
  },
  {
    method: "GET",
    path: "/api/audit/export",
    summary: "The audit trail as CSV, newest first",
    permission: "administer",
    query: auditFilterSchema,
    media: "text/csv",
  },
  { method: "GET", path: "/api/health/live", summary: "The process answers", permission: "public" },
  { method: "GET", path: "/api/health/ready", summary: "The process can serve", permission: "public" },
  {
    method: "GET",
    path: "/api/metrics",
    summary: "Counts in Prometheus' text format",
    permission: "public",
    media: "text/plain",
  },
  { method: "GET", path: "/api/openapi.json", summary: "This description", permission: "public" },
];
