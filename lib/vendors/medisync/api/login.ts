import { TOKEN_DEADLINES } from "#lib/vendors/deadlines.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { loginRefusal } from "#lib/vendors/login-refusal.ts";
import { isRefusal } from "#lib/vendors/medisync/errors.ts";
import { loginAnswerSchema } from "#lib/vendors/medisync/schemas.ts";
import { claimsOf } from "#lib/vendors/medisync/token-claims.ts";
import { parseJsonSafely } from "#lib/vendors/parse-json-safely.ts";
import { type IncomingAnswer, sendRequest } from "#lib/vendors/send-request.ts";
import type { IssuedTokens } from "#lib/vendors/vendor-auth.ts";

/** Statuses that stand for credentials nobody has. */
const WRONG_CREDENTIALS = [400, 401, 403, 404, 422];
const LABEL = "POST /login";
/** "24 h", of a token that is not to be remembered. */
const LIFE_MS = 24 * 3_600_000;

/**
 * "User Authentication": e-mail and password for a token of a day. A refresh is named and nowhere described: signed in again. Never
 * sent twice by itself, so that a wrong password does not lock the account.
 *
 * @throws {VendorError} credentials, when the vendor refuses them
 */
export async function login(baseUrl: string, credentials: { email: string; password: string }): Promise<IssuedTokens> {
  const { email, password } = credentials;
  const answer = await sendRequest(
    {
      vendor: "medisync",
      label: LABEL,
      method: "POST",
      url: `${baseUrl}/login`,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ email, password, remember: false }),
    },
    TOKEN_DEADLINES,
  );
  const receivedAt = Date.now();
  if (answer.status !== 200 && answer.status !== 201)
    throw loginRefusal("medisync", LABEL, answer, receivedAt, WRONG_CREDENTIALS);
  const token = readToken(answer);
  return {
    accessToken: token,
    refreshToken: null,
    accessExpiresAt: new Date(receivedAt + lifeMs(token)),
    refreshExpiresAt: null,
    scopes: [],
  };
}

/** The token's life by the vendor's own clock: ours may be wrong by minutes. */
function lifeMs(token: string): number {
  const { iat, exp } = claimsOf(token);
  const life = iat !== null && exp !== null ? (exp - iat) * 1_000 : 0;
  return life > 0 ? life : LIFE_MS;
}

function readToken(answer: IncomingAnswer): string {
  const { status } = answer;
  let raw: unknown;
  try {
    raw = parseJsonSafely(answer.bytes);
  } catch {
    throw new VendorError("bad_content", "medisync", `${LABEL}: no JSON`, { status });
  }
  if (isRefusal(raw)) throw new VendorError("credentials", "medisync", `${LABEL}: refused`, { status, noEffect: true });
  const parsed = loginAnswerSchema.safeParse(raw);
  if (!parsed.success) throw new VendorError("bad_content", "medisync", `${LABEL}: not as documented`, { status });
  return parsed.data.token;
}
