import type { Prisma } from "#generated/prisma/client.ts";

/** What a list or a page of orders reads of each: everything shown, never the raw record or the search tokens. */
export const ORDER_COLUMNS = {
  id: true,
  organisationId: true,
  connectionId: true,
  vendor: true,
  number: true,
  status: true,
  vendorStatus: true,
  completeness: true,
  infoRequest: true,
  side: true,
  patientSealed: true,
  restorations: true,
  form: true,
  bridges: true,
  detailFetchedAt: true,
  /** What the prescription is checked against. */
  files: { where: { removedAt: null, kind: "scan" }, select: { kind: true, jaw: true } },
  receivedAt: true,
  dueOn: true,
  vendorUpdatedAt: true,
  syncedAt: true,
  scansCount: true,
  scansReady: true,
  scansFailed: true,
  thumbnailSha256: true,
  assigneeId: true,
  changedAt: true,
  holdUntil: true,
  holdReason: true,
  holdNoteSealed: true,
  heldBy: true,
  tags: { select: { tag: { select: { id: true, nameSealed: true } } } },
  clinic: { select: { id: true, name: true } },
  lab: { select: { id: true, name: true } },
  connection: { select: { state: true, missingScopes: true, cursor: true } },
  /** The last one: where a decision is open, it is this one. */
  decisions: { where: { state: { not: "undone" } }, orderBy: { requestedAt: "desc" }, take: 1 },
  /** The same order as it came by other ways. */
  twins: {
    orderBy: { id: "asc" },
    select: {
      id: true,
      vendor: true,
      connectionId: true,
      number: true,
      decisions: {
        where: { state: { in: ["requested", "sending", "confirmed"] } },
        orderBy: { requestedAt: "desc" },
        take: 1,
      },
    },
  },
} satisfies Prisma.OrderSelect;

export type OrderRow = Prisma.OrderGetPayload<{ select: typeof ORDER_COLUMNS }>;
