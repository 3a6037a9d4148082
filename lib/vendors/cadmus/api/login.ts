import { loginAnswerSchema } from "#lib/vendors/cadmus/schemas.ts";
import { TOKEN_DEADLINES } from "#lib/vendors/deadlines.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { loginRefusal } from "#lib/vendors/login-refusal.ts";
import { parseJsonSafely } from "#lib/vendors/parse-json-safely.ts";
import { parseVendorDate } from "#lib/vendors/parse-vendor-date.ts";
import { header, type IncomingAnswer, sendRequest } from "#lib/vendors/send-request.ts";
import type { IssuedTokens } from "#lib/vendors/vendor-auth.ts";

/** Statuses that stand for credentials nobody has. */
const WRONG_CREDENTIALS = [400, 401, 403, 422];
const LABEL = "POST /auth/login";
/** "The token is valid for 8 hours." */
const LIFE_MS = 8 * 3_600_000;

/**
 * "Authentication": e-mail and password for a token. There is no refresh: sign in again. Never sent twice by itself, so that a wrong
 * password does not lock the account.
 *
 * @throws {VendorError} credentials, when the vendor refuses them
 */
export async function login(baseUrl: string, credentials: { email: string; password: string }): Promise<IssuedTokens> {
  const answer = await sendRequest(
    {
      vendor: "cadmus",
      label: LABEL,
      method: "POST",
      url: `${baseUrl}/auth/login`,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ email: credentials.email, password: credentials.password }),
    },
    TOKEN_DEADLINES,
  );
  const receivedAt = Date.now();
  if (answer.status !== 200 && answer.status !== 201)
    throw loginRefusal("cadmus", LABEL, answer, receivedAt, WRONG_CREDENTIALS);
  const { token, expiresAt } = read(answer);
  return {
    accessToken: token,
    refreshToken: null,
    accessExpiresAt: new Date(receivedAt + lifeMs(parseVendorDate(expiresAt).at, answer, receivedAt)),
    refreshExpiresAt: null,
    scopes: [],
  };
}

/** The token's life as the vendor's own clock measures it: ours may be wrong by minutes. */
function lifeMs(expiresAt: Date | null, answer: IncomingAnswer, receivedAt: number): number {
  if (expiresAt === null) return LIFE_MS;
  const vendorNow = Date.parse(header(answer.headers, "date") ?? "");
  const life = expiresAt.getTime() - (Number.isNaN(vendorNow) ? receivedAt : vendorNow);
  return life > 0 ? life : LIFE_MS;
}

function read(answer: IncomingAnswer) {
  try {
    return loginAnswerSchema.parse(parseJsonSafely(answer.bytes));
  } catch {
    throw new VendorError("bad_content", "cadmus", `${LABEL}: not as documented`, { status: answer.status });
  }
}
