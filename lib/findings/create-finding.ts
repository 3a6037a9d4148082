import type { z } from "zod";
import { namesOfMembers } from "#lib/access/names-of-members.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { newId } from "#lib/database/new-id.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { announce } from "#lib/events/announce.ts";
import type { createFindingBodySchema, FindingItem } from "./finding-schema.ts";
import { sealFinding } from "./seal-finding.ts";
import { toFindingItem } from "./to-finding-item.ts";

/**
 * Saves a finding with its order.
 * @throws {AppError} not_found, also for another organisation's order
 * @throws {AppError} invalid_body when none of its scans belongs to the order
 */
export async function createFinding(
  principal: Principal,
  orderId: string,
  body: z.output<typeof createFindingBodySchema>,
  clock: Clock = systemClock,
): Promise<FindingItem> {
  requirePermission(principal, "decide");
  const { organisationId, userId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    const order = await tx.order.findFirst({
      where: { id: orderId, organisationId },
      select: { vendor: true, number: true, side: true, scans: { select: { sha256: true } } },
    });
    if (!order) throw new AppError("not_found");
    const held = new Set(order.scans.map(({ sha256 }) => sha256));
    if (!body.scans.every((hash) => held.has(hash)))
      throw new AppError("invalid_body", "a scan is not one of the order's", {
        invalidParams: [{ name: "scans", reason: "are not the order's" }],
        facts: { name: "scans" },
      });
    const id = newId();
    const at = clock.now().toISOString();
    const { name, value, geometry, view } = body;
    const thread = body.message ? [{ id: newId(), by: userId, at, text: body.message }] : [];
    const row = await tx.finding.create({
      data: {
        id,
        organisationId,
        orderId,
        vendor: order.vendor,
        orderNumber: order.number,
        side: order.side,
        kind: geometry.kind,
        shared: body.shared,
        scanSha256: [...new Set(body.scans)],
        contentSealed: sealFinding(organisationId, id, { name, value, geometry, view, thread }),
        createdBy: userId,
      },
    });
    await appendAudit(tx, {
      organisationId,
      actorId: userId,
      action: "finding.created",
      subjectType: "finding",
      subjectId: id,
      facts: { orderId, kind: geometry.kind, shared: body.shared },
    });
    await announce(tx, { organisationId, topic: "order", id: orderId });
    return toFindingItem(row, organisationId, await namesOfMembers(tx, [userId]));
  });
}
