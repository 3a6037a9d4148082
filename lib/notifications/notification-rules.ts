import type { NotificationRule } from "#generated/prisma/client.ts";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import type { AuditAction } from "#lib/audit/audit-actions.ts";
import { newId } from "#lib/database/new-id.ts";
import { type TenantTransaction, withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import type { Notifiable, NotificationRuleBody, NotificationRuleView } from "./notification-schema.ts";

/** Rules one organisation may have. */
const MOST = 50;

/** @throws {AppError} forbidden */
export async function listNotificationRules(principal: Principal): Promise<NotificationRuleView[]> {
  requirePermission(principal, "administer");
  const { organisationId } = principal;
  const rows = await withOrganisation(organisationId, (tx) =>
    tx.notificationRule.findMany({ where: { organisationId }, orderBy: { createdAt: "asc" }, take: MOST }),
  );
  return rows.map(toView);
}

/** A new rule tells of what happens from now on. @throws {AppError} forbidden, invalid_body for somebody who is no member */
export async function addNotificationRule(
  principal: Principal,
  body: NotificationRuleBody,
): Promise<NotificationRuleView> {
  requirePermission(principal, "administer");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    await checkRecipients(tx, organisationId, body.recipients);
    const count = await tx.notificationRule.count({ where: { organisationId } });
    if (count >= MOST) throw invalid("event", `an organisation has at most ${MOST} rules`);
    const row = await tx.notificationRule.create({ data: { ...toRow(body), id: newId(), organisationId } });
    await audit(tx, principal, "notification_rule.created", row.id, body.event);
    return toView(row);
  });
}

/** @throws {AppError} forbidden, not_found, invalid_body */
export async function changeNotificationRule(
  principal: Principal,
  id: string,
  body: NotificationRuleBody,
): Promise<NotificationRuleView> {
  requirePermission(principal, "administer");
  const { organisationId } = principal;
  return withOrganisation(organisationId, async (tx) => {
    if (!(await tx.notificationRule.findFirst({ where: { id, organisationId } }))) throw new AppError("not_found");
    await checkRecipients(tx, organisationId, body.recipients);
    const row = await tx.notificationRule.update({ where: { id, organisationId }, data: toRow(body) });
    await audit(tx, principal, "notification_rule.changed", id, body.event);
    return toView(row);
  });
}

/** @throws {AppError} forbidden, not_found */
export async function removeNotificationRule(principal: Principal, id: string): Promise<void> {
  requirePermission(principal, "administer");
  const { organisationId } = principal;
  await withOrganisation(organisationId, async (tx) => {
    const row = await tx.notificationRule.findFirst({ where: { id, organisationId } });
    if (!row) throw new AppError("not_found");
    await tx.notificationRule.delete({ where: { id, organisationId } });
    await audit(tx, principal, "notification_rule.removed", id, row.event);
  });
}

async function checkRecipients(tx: TenantTransaction, organisationId: string, ids: string[]): Promise<void> {
  const members = await tx.member.count({ where: { organisationId, userId: { in: ids } } });
  if (members !== new Set(ids).size) throw invalid("recipients", "somebody is no member of the organisation");
}

function invalid(name: string, reason: string): AppError {
  return new AppError("invalid_body", `${name}: ${reason}`, { invalidParams: [{ name, reason }] });
}

/** What is due today is looked at once a day, whatever was asked for. */
function toRow({ event, timing, recipients }: NotificationRuleBody) {
  return { event, timing: event === "due_soon" ? "daily" : timing, recipients: [...new Set(recipients)] };
}

function toView({ id, event, timing, recipients, createdAt }: NotificationRule): NotificationRuleView {
  return {
    id,
    event: event as Notifiable,
    timing: timing === "daily" ? "daily" : "at_once",
    recipients,
    createdAt: createdAt.toISOString(),
  };
}

async function audit(
  tx: TenantTransaction,
  { organisationId, userId }: Principal,
  action: AuditAction,
  id: string,
  event: string,
): Promise<void> {
  await appendAudit(tx, {
    organisationId,
    actorId: userId,
    action,
    subjectType: "notification_rule",
    subjectId: id,
    facts: { event },
  });
}
