import { z } from "zod";
import { ORDER_STATUSES, SORTS } from "#lib/orders/order-values.ts";
import { CONTRADICTION_FIELDS, CONTRADICTION_IDS } from "#lib/prescription-check/contradiction-ids.ts";
import { REASON_GROUPS } from "#lib/reasons/reason-codes.ts";
import { VIEWS } from "#lib/views/view-names.ts";

/** Shapes of an order as the HTTP surface gives them (design §5). Pure: shared by routes, services and components. */

export const orderStatusSchema = z.enum(ORDER_STATUSES);
export type OrderStatus = z.infer<typeof orderStatusSchema>;

export const sideSchema = z.enum(["lab", "clinic"]);
export type Side = z.infer<typeof sideSchema>;

export const completenessSchema = z.enum(["complete", "incomplete", "unknown"]);
export type Completeness = z.infer<typeof completenessSchema>;

export const infoRequestSchema = z.enum(["none", "requested", "received"]);

export const decisionKindSchema = z.enum(["accept", "reject", "cancel"]);
export type DecisionKind = z.infer<typeof decisionKindSchema>;

/** `universal` is "1"…"32" or "A"…"T"; null for a number that is no FDI tooth, which is then shown as the vendor wrote it. */
export const toothSchema = z.object({ fdi: z.number().int(), universal: z.string().nullable() });

/** `type`, `method`, `material` are the vendor's display names; the codes are kept beside them, as text. */
export const restorationSchema = z.object({
  tooth: toothSchema.nullable(),
  /** The vendor's own text where it named a place that is no FDI tooth. */
  toothText: z.string().nullable().default(null),
  jaw: z.enum(["upper", "lower"]).nullable().default(null),
  dieNumber: z.number().int().nullable().default(null),
  type: z.string().nullable(),
  typeCode: z.string().nullable(),
  method: z.string().nullable(),
  methodCode: z.string().nullable().default(null),
  material: z.string().nullable(),
  materialCode: z.string().nullable(),
  shade: z.string().nullable(),
});
export type Restoration = z.infer<typeof restorationSchema>;

export const tagSchema = z.object({ id: z.uuid(), name: z.string() });
export type TagView = z.infer<typeof tagSchema>;

export const decisionStateSchema = z.enum(["requested", "sending", "confirmed", "conflict", "failed", "undone"]);
export const decisionSchema = z.object({
  id: z.uuid(),
  orderId: z.uuid(),
  kind: decisionKindSchema,
  state: decisionStateSchema,
  /** The vendor takes no decisions: kept here, not sent. */
  recordedOnly: z.boolean(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
  requestedBy: z.object({ id: z.uuid(), name: z.string() }),
  requestedAt: z.iso.datetime(),
  /** Until then it waits here and can be taken back; null for one that left at once. */
  leavesAt: z.iso.datetime().nullable(),
  sentAt: z.iso.datetime().nullable(),
  confirmedAt: z.iso.datetime().nullable(),
  deadlineAt: z.iso.datetime(),
  attempts: z.number().int(),
  conflict: z
    .object({ status: orderStatusSchema, vendorStatus: z.string(), at: z.iso.datetime().nullable() })
    .nullable(),
  /** An error code of ours. */
  problem: z.string().nullable(),
});
export type DecisionView = z.infer<typeof decisionSchema>;

const groupSchema = z.object({ id: z.uuid().nullable(), name: z.string() });

export const orderSchema = z.object({
  id: z.uuid(),
  vendor: z.string(),
  vendorName: z.string(),
  connectionId: z.uuid(),
  number: z.string(),
  status: orderStatusSchema,
  vendorStatus: z.string(),
  side: sideSchema,
  clinic: groupSchema.nullable(),
  lab: groupSchema.nullable(),
  caseName: z.string().nullable(),
  patientName: z.string().nullable(),
  receivedAt: z.iso.datetime(),
  dueOn: z.iso.date().nullable(),
  vendorUpdatedAt: z.iso.datetime().nullable(),
  syncedAt: z.iso.datetime(),
  completeness: completenessSchema,
  infoRequest: infoRequestSchema,
  restorations: z.array(restorationSchema),
  /** How much contradicts itself in the prescription, the note and the scans; what it is stands in the order itself. */
  contradictionCount: z.number().int(),
  scans: z.object({ count: z.number().int(), ready: z.number().int(), failed: z.number().int() }),
  /** The address of a small picture of the case, whose bytes never change; null while there is none. */
  thumbnail: z.string().nullable(),
  /** What this member may do with the order now: accept, reject, cancel … */
  actions: z.array(z.string()),
  /** Put aside until that day, when it comes back by itself; null once the day has come. `reason` is a code. */
  hold: z
    .object({
      until: z.iso.date(),
      reason: z.string(),
      note: z.string().nullable(),
      by: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    })
    .nullable(),
  /** From the vendor's capabilities: "recorded" means the vendor takes no decisions and Casebench keeps them. */
  decisionMode: z.enum(["sent", "recorded"]),
  /** The open decision, or the last one. */
  decision: decisionSchema.nullable(),
  /** The member who works on it. */
  assignee: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  /** The organisation's own tags, by name. */
  teamTags: z.array(tagSchema),
  /** When it last changed at the vendor after it was accepted, until somebody has looked; null otherwise. */
  changedAt: z.iso.datetime().nullable(),
  /** The ways the order came by; the first one is the row that is shown. */
  sources: z.array(
    z.object({
      vendor: z.string(),
      vendorName: z.string(),
      connectionId: z.uuid(),
      number: z.string(),
      orderId: z.uuid(),
    }),
  ),
});
export type OrderView = z.infer<typeof orderSchema>;

export const jawSchema = z.enum(["upper", "lower", "bite", "other"]);
export type Jaw = z.infer<typeof jawSchema>;

export const orderFileSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(["scan", "attachment", "order_form", "group_info"]),
  jaw: jawSchema.nullable(),
  biteGroup: z.string().nullable(),
  bytes: z.number().int().nullable(),
  state: z.enum(["listed", "fetching", "ready", "failed"]),
  /** An error code of ours. */
  problem: z.string().nullable(),
  scanId: z.uuid().nullable(),
});
export type OrderFileView = z.infer<typeof orderFileSchema>;

export const formSchema = z.enum(["teeth", "arch", "multi_die", "flexible_multi_die", "other"]);

export const deliverySchema = z.object({
  updatedAt: z.iso.datetime().nullable(),
  scheduledAt: z.iso.datetime().nullable(),
  company: z.string().nullable(),
  trackingNumber: z.string().nullable(),
  status: z.string().nullable(),
  message: z.string().nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;

/** The scanner portal that a collector took an order from. */
export const orderPortalSchema = z.object({
  name: z.string(),
  /** The lab's account there. */
  account: z.string().nullable(),
  lastFetchAt: z.iso.datetime().nullable(),
  /** Bits per coordinate that its meshes were compressed to on their way; null where nobody says. */
  quantizationBits: z.number().int().nullable(),
});

export const contradictionSchema = z.object({
  /** Never renamed: lib/prescription-check/contradiction.ts. */
  id: z.enum(CONTRADICTION_IDS),
  field: z.enum(CONTRADICTION_FIELDS),
  /** What it is about; FDI numbers, also such that are no tooth. Empty: the order as a whole. */
  teeth: z.array(toothSchema),
  /** In the member's language and notation. */
  sentence: z.string(),
});
export type ContradictionView = z.infer<typeof contradictionSchema>;

export const orderDetailSchema = orderSchema.extend({
  contradictions: z.array(contradictionSchema),
  prescription: z.object({
    form: formSchema,
    restorations: z.array(restorationSchema),
    /** Bridges as the vendor lists them, FDI numbers. */
    bridges: z.array(z.array(z.number().int())),
  }),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  patientCode: z.string().nullable(),
  files: z.array(orderFileSchema),
  delivery: z.array(deliverySchema),
  portal: orderPortalSchema.nullable(),
  /** True when a date of the vendor's was impossible and was put right (design §4, Dates). */
  datesCorrected: z.boolean(),
  /** False while only the list entry has arrived. */
  detailHere: z.boolean(),
  /**
   * Why the lab rejected the clinic's order, where the lab works with this portal too. `label` is in the reader's language, as the
   * lab named it or in the lab's own words; null where only the group was chosen.
   */
  rejection: z
    .object({ group: z.enum(REASON_GROUPS).nullable(), label: z.string().nullable(), at: z.iso.datetime() })
    .nullable(),
  /** A decision that was recorded by another way, before this vendor's order came, and that this vendor can still be told. */
  passOn: decisionKindSchema.nullable(),
  /** Why an action that this side normally has is missing now: action → error code. */
  unavailable: z.record(z.string(), z.string()),
});
export type OrderDetailView = z.infer<typeof orderDetailSchema>;

const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    (v) =>
      v === undefined || v === ""
        ? undefined
        : (Array.isArray(v) ? v : [v]).flatMap((s) => String(s).split(",")).filter(Boolean),
    z.array(item).max(50).optional(),
  );

/** The query of `GET /api/orders`; repeated or comma-separated values are alternatives. */
export const listOrdersQuerySchema = z.object({
  status: oneOrMore(orderStatusSchema),
  vendor: oneOrMore(z.string().max(40)),
  connection: oneOrMore(z.uuid()),
  clinic: oneOrMore(z.uuid()),
  /** Both days included: the same day twice is what is due on that day. */
  dueBefore: z.iso.date().optional(),
  dueAfter: z.iso.date().optional(),
  completeness: oneOrMore(completenessSchema),
  infoRequest: oneOrMore(infoRequestSchema),
  /** Members by id; "me" is whoever asks, "none" finds orders that nobody works on. */
  assignee: oneOrMore(z.union([z.uuid(), z.enum(["me", "none"])])),
  /** Tags of the organisation, by id. */
  tag: oneOrMore(z.uuid()),
  /** One of the views that every inbox has: narrows the list like a filter. */
  view: z.enum(VIEWS).optional(),
  q: z.string().trim().max(200).optional(),
  sort: z.enum(SORTS).default("-receivedAt"),
  /** "true" for a list by due day or clinic: how many orders stand under each that the page shows. */
  groups: z.stringbool().optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ListOrdersQuery = z.infer<typeof listOrdersQuerySchema>;

export const orderGroupSchema = z.object({
  /** A day (YYYY-MM-DD) or a clinic's id; null for orders without one. */
  key: z.string().nullable(),
  /** Orders of the whole list, at most 1000: then there may be more. */
  count: z.number().int(),
});
export type OrderGroup = z.infer<typeof orderGroupSchema>;

export const orderPageSchema = z.object({
  items: z.array(orderSchema),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
  /** More orders hold the text than are counted: there are at least `total`. */
  totalIsMinimum: z.boolean(),
  /** Where they were asked for; null otherwise, and where there are too many to be counted. */
  groups: z.array(orderGroupSchema).nullable(),
});
export type OrderPage = z.infer<typeof orderPageSchema>;

/** The body of `PATCH /api/orders/{id}`: what the organisation notes of an order for itself. What is absent stays. */
export const changeOrderBodySchema = z
  .object({
    assigneeId: z.uuid().nullable().optional(),
    /** All tags of the order from now on. */
    tags: z.array(z.string().trim().min(1).max(40)).max(12).optional(),
    /** Tags beside those it has. */
    addTags: z.array(z.string().trim().min(1).max(40)).max(12).optional(),
    /** Somebody has looked at what changed after the acceptance. */
    changeSeen: z.literal(true).optional(),
  })
  .strict();
export type ChangeOrderBody = z.infer<typeof changeOrderBodySchema>;

export const orderEventSchema = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  /** e.g. order_arrived, status_changed, decision_requested, decision_confirmed, decision_conflict, scan_failed, downloaded */
  kind: z.string(),
  actor: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type OrderEventView = z.infer<typeof orderEventSchema>;

/** The body of accept, reject and cancel. */
export const decideBodySchema = z.object({
  reason: z.string().trim().max(80).optional(),
  note: z.string().trim().max(2000).optional(),
});
export type DecideBody = z.infer<typeof decideBodySchema>;
