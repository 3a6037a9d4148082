import { findOrCreateUser } from "#lib/access/bootstrap-organisation.ts";
import { limitAttempts } from "#lib/access/limit-attempts.ts";
import { normaliseEmail } from "#lib/access/normalise-email.ts";
import { hashToken, makeToken } from "#lib/access/one-time-token.ts";
import { placeOf } from "#lib/access/place-of.ts";
import type { Principal, Role } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { database } from "#lib/database/database.ts";
import { withOrganisation } from "#lib/database/with-organisation.ts";
import { AppError } from "#lib/errors.ts";
import { negotiateLocale } from "#lib/i18n/locales.ts";
import { enqueue } from "#lib/jobs/queue.ts";

/** How long an invitation can be taken up, in days. */
const INVITATION_DAYS = 7;

export type InvitationView = { id: string; email: string; role: Role; createdAt: string; expiresAt: string };

/** Invites a person by mail. The link's token is made by the worker when it writes the mail. @throws {AppError} forbidden, e_mail_taken, invalid_body */
export async function invite(principal: Principal, input: { email: string; role: Role }): Promise<InvitationView> {
  requirePermission(principal, "administer");
  const { organisationId } = principal;
  const email = normaliseEmail(input.email);
  return withOrganisation(organisationId, async (tx) => {
    if (await tx.member.findFirst({ where: { organisationId, user: { email } }, select: { id: true } }))
      throw new AppError("e_mail_taken");
    await tx.invitation.updateMany({
      where: { organisationId, email, acceptedAt: null, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    const row = await tx.invitation.create({
      data: {
        organisationId,
        email,
        role: input.role,
        invitedBy: principal.userId,
        tokenHash: makeToken().hash,
        expiresAt: inDays(INVITATION_DAYS),
      },
    });
    await appendAudit(tx, {
      organisationId,
      actorId: principal.userId,
      action: "invitation.created",
      subjectType: "invitation",
      subjectId: row.id,
      facts: { role: input.role },
    });
    await enqueue(tx, "send-invitation", { organisationId, invitationId: row.id });
    return toView(row);
  });
}

/** Invitations nobody took up yet. */
export async function listInvitations(principal: Principal): Promise<InvitationView[]> {
  requirePermission(principal, "administer");
  const { organisationId } = principal;
  const rows = await withOrganisation(organisationId, (tx) =>
    tx.invitation.findMany({
      where: { organisationId, acceptedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
      orderBy: { createdAt: "desc" },
      take: 200,
    }),
  );
  return rows.map(toView);
}

/** @throws {AppError} forbidden, not_found */
export async function revokeInvitation(principal: Principal, id: string): Promise<void> {
  requirePermission(principal, "administer");
  const { organisationId } = principal;
  await withOrganisation(organisationId, async (tx) => {
    const { count } = await tx.invitation.updateMany({
      where: { organisationId, id, acceptedAt: null, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw new AppError("not_found");
    await appendAudit(tx, {
      organisationId,
      actorId: principal.userId,
      action: "invitation.revoked",
      subjectType: "invitation",
      subjectId: id,
    });
  });
}

/** What the invitation page shows before it is accepted. @throws {AppError} invitation_expired */
export async function readInvitation(
  token: string,
): Promise<{ email: string; organisation: string; role: Role; known: boolean }> {
  const row = await openInvitation(token);
  const organisation = await database().organisation.findUniqueOrThrow({ where: { id: row.organisationId } });
  const known = (await database().user.count({ where: { email: row.email } })) > 0;
  return { email: row.email, organisation: organisation.name, role: row.role as Role, known };
}

/** Joins the organisation; a person who exists already proves it with their own password. @throws {AppError} invitation_expired, wrong_credentials, weak_password */
export async function acceptInvitation(input: {
  token: string;
  name: string;
  password: string;
  headers: Headers;
}): Promise<{ email: string }> {
  await limitAttempts("one-time-token", placeOf(input.headers));
  const row = await openInvitation(input.token);
  const { organisationId, email, role } = row;
  const { name, password, headers } = input;
  // A new person goes on in the language in which they read the invitation.
  const locale = negotiateLocale(headers.get("accept-language"));
  const userId = await findOrCreateUser({ email, password, name, locale }).catch(toWrongPassword);
  await withOrganisation(organisationId, async (tx) => {
    const { count } = await tx.invitation.updateMany({
      where: { id: row.id, organisationId, acceptedAt: null, revokedAt: null },
      data: { acceptedAt: new Date() },
    });
    if (count === 0) throw new AppError("invitation_expired");
    await tx.member.upsert({
      where: { organisationId_userId: { organisationId, userId } },
      create: { organisationId, userId, role },
      update: {},
    });
    await appendAudit(tx, {
      organisationId,
      actorId: userId,
      action: "invitation.accepted",
      subjectType: "invitation",
      subjectId: row.id,
      facts: { role },
    });
  });
  return { email };
}

/** The invited address is the person's own: another password than theirs is a wrong one, not somebody else's address. */
function toWrongPassword(error: unknown): never {
  if (error instanceof AppError && error.code === "e_mail_taken") throw new AppError("wrong_credentials");
  throw error;
}

async function openInvitation(token: string) {
  const row = await database().invitation.findUnique({ where: { tokenHash: hashToken(token) } });
  if (!row || row.acceptedAt || row.revokedAt || row.expiresAt <= new Date()) throw new AppError("invitation_expired");
  return row;
}

function toView(row: { id: string; email: string; role: string; createdAt: Date; expiresAt: Date }): InvitationView {
  return {
    id: row.id,
    email: row.email,
    role: row.role as Role,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}

function inDays(days: number): Date {
  return new Date(Date.now() + days * 24 * 3600_000);
}
