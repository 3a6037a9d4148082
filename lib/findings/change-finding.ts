import type { Finding } from "#generated/prisma/client.ts";
import { namesOfMembers } from "#lib/access/names-of-members.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import type { AuditAction } from "#lib/audit/audit-actions.ts";
import { type Clock, systemClock } from "#lib/clock.ts";
import { newId } from "#lib/database/new-id.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { announce } from "#lib/events/announce.ts";
import { repliesTo, replyToFinding } from "./finding-replies.ts";
import type { ChangeFindingBody, FindingItem } from "./finding-schema.ts";
import { openFinding, sealFinding } from "./seal-finding.ts";
import { toFindingItem } from "./to-finding-item.ts";

/**
 * Renames a finding, shares or unshares it, or adds a message to its thread. One that the other side shares can be answered.
 * @throws {AppError} not_found, also for another organisation's unless it is shared and only answered
 */
export async function changeFinding(
  principal: Principal,
  orderId: string,
  findingId: string,
  body: ChangeFindingBody,
  clock: Clock = systemClock,
): Promise<FindingItem> {
  requirePermission(principal, "decide");
  const { organisationId, userId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    // Two people may write at once: the second waits here and adds to what the first left.
    await tx.$queryRaw`SELECT 1 FROM "findings" WHERE "id" = ${findingId}::uuid AND "organisation_id" = ${organisationId}::uuid FOR UPDATE`;
    const row = await tx.finding.findFirst({ where: { id: findingId, orderId, organisationId } });
    if (!row) return answerTheOtherSide(tx, principal, orderId, findingId, body, clock);
    const content = openFinding(organisationId, findingId, row.contentSealed);
    if (body.name !== undefined) content.name = body.name;
    if (body.message !== undefined)
      content.thread.push({ id: newId(), by: userId, at: clock.now().toISOString(), text: body.message });
    const changed = await tx.finding.update({
      where: { id: findingId, organisationId },
      data: {
        shared: body.shared ?? row.shared,
        contentSealed: sealFinding(organisationId, findingId, content),
        version: { increment: 1 },
      },
    });
    await audit(tx, principal, orderId, findingId, "finding.changed", { changed: Object.keys(body).join(" ") });
    if (body.shared !== undefined && body.shared !== row.shared)
      await audit(tx, principal, orderId, findingId, body.shared ? "finding.shared" : "finding.unshared", {});
    await announce(tx, { organisationId, topic: "order", id: orderId });
    return itemOf(tx, principal, changed);
  });
}

/** @throws {AppError} not_found unless it is shared with this order, and answered */
async function answerTheOtherSide(
  tx: TenantTransaction,
  principal: Principal,
  orderId: string,
  findingId: string,
  { message, ...rest }: ChangeFindingBody,
  clock: Clock,
): Promise<FindingItem> {
  const { organisationId } = principal;
  const order = await tx.order.findFirst({ where: { id: orderId, organisationId } });
  const shared =
    order &&
    (await tx.finding.findFirst({
      where: {
        id: findingId,
        shared: true,
        vendor: order.vendor,
        orderNumber: order.number,
        side: { not: order.side },
      },
    }));
  if (!shared || message === undefined || Object.keys(rest).length > 0) throw new AppError("not_found");
  await replyToFinding(tx, principal, shared, orderId, message, clock);
  return itemOf(tx, principal, shared);
}

async function itemOf(tx: TenantTransaction, { organisationId }: Principal, row: Finding): Promise<FindingItem> {
  const content = openFinding(row.organisationId, row.id, row.contentSealed);
  const replies = await repliesTo(tx, [row.id]);
  const people = [row.createdBy, ...content.thread.map(({ by }) => by), ...replies.map(({ createdBy }) => createdBy)];
  return toFindingItem(row, organisationId, await namesOfMembers(tx, people), content, replies);
}

/** @throws {AppError} not_found, also for another organisation's, shared or not */
export async function removeFinding(principal: Principal, orderId: string, findingId: string): Promise<void> {
  requirePermission(principal, "decide");
  const { organisationId } = principal;
  await withOrganisation(organisationId, async (tx) => {
    const { count } = await tx.finding.deleteMany({ where: { id: findingId, orderId, organisationId } });
    if (count === 0) throw new AppError("not_found");
    await audit(tx, principal, orderId, findingId, "finding.removed", {});
    await announce(tx, { organisationId, topic: "order", id: orderId });
  });
}

async function audit(
  tx: TenantTransaction,
  { organisationId, userId }: Principal,
  orderId: string,
  findingId: string,
  action: AuditAction,
  facts: Record<string, string>,
): Promise<void> {
  await appendAudit(tx, {
    organisationId,
    actorId: userId,
    action,
    subjectType: "finding",
    subjectId: findingId,
    facts: { orderId, ...facts },
  });
}
