import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import type { AuditAction } from "#lib/audit/audit-actions.ts";
import type { CasePage, CaseView, SearchCasesQuery, WholeCaseView } from "#lib/cases/case-schema.ts";
import { dayBounds } from "#lib/cases/day-bounds.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import type { CaseSource, Vendor, VendorCase } from "#lib/vendors/vendor.ts";

const PAGE_SIZE = 20;

/**
 * Looks for cases at the vendor, also those that nobody ordered anything for; each names its order when that is here.
 * @throws {AppError} forbidden; not_found; action_not_available where the vendor has no cases; reconnect_needed {VendorError}
 */
export async function searchCases(
  principal: Principal,
  connectionId: string,
  query: SearchCasesQuery,
): Promise<CasePage> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  const timeZone = await recordLook(principal, connectionId, "vendor.cases_searched", null);
  const { name, patientCode, status, page } = query;
  const found = await withSession(connectionId, organisationId, async (session, vendor) => {
    const source = casesOf(vendor);
    const { cases, total } = await source.search(session, {
      page,
      pageSize: PAGE_SIZE,
      ...(name ? { name } : {}),
      ...(patientCode ? { patientCode } : {}),
      ...(status ? { status } : {}),
      ...(query.createdFrom ? { createdFrom: dayBounds(query.createdFrom, timeZone).from } : {}),
      ...(query.createdTo ? { createdTo: dayBounds(query.createdTo, timeZone).to } : {}),
    });
    return { cases, total, statuses: [...source.statuses] };
  });
  const orders = await ordersOf(
    organisationId,
    connectionId,
    found.cases.map((one) => one.key),
  );
  const items = found.cases.map((one) => toCaseView(one, orders));
  return { items, total: found.total, page, pageSize: PAGE_SIZE, statuses: found.statuses };
}

/** One case with its form and files. @throws {AppError} forbidden; not_found; action_not_available; reconnect_needed {VendorError} */
export async function getCase(principal: Principal, connectionId: string, key: string): Promise<WholeCaseView> {
  requirePermission(principal, "read");
  const { organisationId } = principal;
  await recordLook(principal, connectionId, "vendor.case_opened", key);
  const one = await withSession(connectionId, organisationId, (session, vendor) => casesOf(vendor).get(session, key));
  const { form, restorations, bridges, files } = one;
  return {
    ...toCaseView(one, await ordersOf(organisationId, connectionId, [key])),
    prescription: { form, restorations, bridges },
    files: files.map(({ key, name, kind, jaw, biteGroup, bytes }) => ({ key, name, kind, jaw, biteGroup, bytes })),
  };
}

function casesOf({ cases }: Vendor): CaseSource {
  if (!cases) throw new AppError("action_not_available");
  return cases;
}

/** Cases are patients' data: each look is in the audit trail before it is made. @returns the organisation's time zone */
async function recordLook(
  { organisationId, userId, via }: Principal,
  connectionId: string,
  action: AuditAction,
  caseKey: string | null,
): Promise<string> {
  return withOrganisation(organisationId, async (tx) => {
    const where = { id: connectionId, organisationId, state: { not: "disconnected" } };
    if ((await tx.connection.count({ where })) === 0) throw new AppError("not_found");
    const subject = { subjectType: "connection", subjectId: connectionId };
    await appendAudit(tx, { organisationId, actorId: userId, action, ...subject, facts: { via, caseKey } });
    const { timeZone } = await tx.organisation.findUniqueOrThrow({
      where: { id: organisationId },
      select: { timeZone: true },
    });
    return timeZone;
  });
}

/** Case id → our id of the order for it. */
async function ordersOf(organisationId: string, connectionId: string, keys: string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const rows = await withOrganisation(organisationId, (tx) =>
    tx.order.findMany({
      where: { organisationId, connectionId, OR: [{ caseKey: { in: keys } }, { portalCaseKey: { in: keys } }] },
      select: { id: true, caseKey: true, portalCaseKey: true },
      orderBy: { receivedAt: "asc" },
    }),
  );
  // A clinic's own case, and the copy of it that went with the order.
  return new Map(rows.flatMap((row) => [row.caseKey, row.portalCaseKey].map((key) => [key ?? "", row.id] as const)));
}

function toCaseView(one: VendorCase, orders: ReadonlyMap<string, string>): CaseView {
  const { key, name, status, completeness, patientName, patientCode, tags } = one;
  return {
    ...{ key, name, status, completeness, patientName, patientCode, tags },
    createdAt: one.createdAt?.toISOString() ?? null,
    updatedAt: one.updatedAt?.toISOString() ?? null,
    scannedAt: one.scannedAt?.toISOString() ?? null,
    orderId: orders.get(key) ?? null,
  };
}
