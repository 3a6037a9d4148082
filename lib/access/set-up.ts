import { bootstrapOrganisation } from "#lib/access/bootstrap-organisation.ts";
import { limitAttempts } from "#lib/access/limit-attempts.ts";
import { normaliseEmail } from "#lib/access/normalise-email.ts";
import { consumeOneTimeToken, issueOneTimeToken } from "#lib/access/one-time-token.ts";
import { placeOf } from "#lib/access/place-of.ts";
import { database } from "#lib/database/database.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";
import { negotiateLocale } from "#lib/i18n/locales.ts";
import type { Side } from "#lib/orders/order-schema.ts";

/** How long the link printed at start works, in minutes; a later start prints a new one. */
const SET_UP_MINUTES = 24 * 60;

/** Whether there is an organisation already: then nothing can be set up any more. */
export async function isSetUp(): Promise<boolean> {
  return (await database().organisation.count()) > 0;
}

/** The first-run link, while there is no organisation yet. @returns null once there is one */
export async function offerSetUp(): Promise<string | null> {
  if (await isSetUp()) return null;
  await database().oneTimeToken.deleteMany({ where: { purpose: "set_up" } });
  const token = await issueOneTimeToken("set_up", { minutes: SET_UP_MINUTES });
  return `${env().PORTAL_URL}/set-up?token=${token}`;
}

/**
 * Makes the first organisation and its admin. What was typed is judged before the link is used up: a slip of the pen must not
 * cost the only way in.
 * @throws {AppError} already_set_up, set_up_token_wrong, weak_password, invalid_body
 */
export async function setUp(input: {
  token: string;
  organisation: string;
  kind: Side;
  name: string;
  email: string;
  password: string;
  headers: Headers;
}): Promise<void> {
  await limitAttempts("one-time-token", placeOf(input.headers));
  if (await isSetUp()) throw new AppError("already_set_up");
  if (input.password.length < 8) throw new AppError("weak_password", "password length", { facts: { min: 8 } });
  const email = normaliseEmail(input.email);
  await consumeOneTimeToken("set_up", input.token, "set_up_token_wrong");
  await bootstrapOrganisation({
    organisation: input.organisation,
    kind: input.kind,
    email,
    password: input.password,
    name: input.name,
    locale: negotiateLocale(input.headers.get("accept-language")),
  });
}
