import { createApiKey } from "#lib/access/create-api-key.ts";
import { normaliseEmail } from "#lib/access/normalise-email.ts";
import { hashPassword, verifyPassword } from "#lib/access/password.ts";
import { appendAudit } from "#lib/audit/append-audit.ts";
import { database } from "#lib/database/database.ts";
import { AppError } from "#lib/errors.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import type { Side } from "#lib/orders/order-schema.ts";

export type BootstrapInput = {
  organisation: string;
  kind: Side;
  email: string;
  password: string;
  name?: string;
  timeZone?: string;
  /** The new person's language; English when nothing is known of it. */
  locale?: Locale;
};

/**
 * Makes an organisation with its first admin and an API key of the admin's role: the command line's `bootstrap`, the set-up page
 * and the demo data all come through here. A person who exists already becomes admin of one more organisation, if the password is theirs.
 * @throws {AppError} e_mail_taken when the person exists with another password, weak_password, invalid_body
 */
export async function bootstrapOrganisation(
  input: BootstrapInput,
): Promise<{ organisationId: string; userId: string; apiKey: string }> {
  const email = normaliseEmail(input.email);
  const name = input.organisation.trim();
  if (!name)
    throw new AppError("invalid_body", "no name", {
      invalidParams: [{ name: "organisation", reason: "is empty" }],
      facts: { name: "organisation" },
    });
  const { password, locale } = input;
  const userId = await findOrCreateUser({ email, password, name: input.name ?? email.split("@")[0]!, locale });
  const organisation = await database().$transaction(async (tx) => {
    const row = await tx.organisation.create({
      data: { kind: input.kind, name, ...(input.timeZone ? { timeZone: input.timeZone } : {}) },
    });
    await tx.member.create({ data: { organisationId: row.id, userId, role: "admin" } });
    await appendAudit(tx, {
      organisationId: row.id,
      actorId: userId,
      action: "organisation.created",
      subjectType: "organisation",
      subjectId: row.id,
      facts: { kind: input.kind },
    });
    return row;
  });
  const { key } = await createApiKey({ organisationId: organisation.id, userId, role: "admin", name: "bootstrap" });
  return { organisationId: organisation.id, userId, apiKey: key };
}

/** The person with this address, made when there is none. @throws {AppError} e_mail_taken when there is one with another password */
export async function findOrCreateUser(input: {
  email: string;
  password: string;
  name: string;
  locale?: Locale | undefined;
}): Promise<string> {
  const known = await database().user.findUnique({ where: { email: input.email } });
  if (known) {
    if (await verifyPassword(input.password, known.passwordHash)) return known.id;
    throw new AppError("e_mail_taken");
  }
  const row = await database().user.create({
    data: {
      email: input.email,
      name: input.name,
      passwordHash: await hashPassword(input.password),
      ...(input.locale ? { locale: input.locale } : {}),
    },
  });
  return row.id;
}
