import { z } from "zod";
import { accessTokenSchema } from "#lib/vendors/access-token.ts";
import { TOKEN_DEADLINES } from "#lib/vendors/deadlines.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { parseJsonSafely } from "#lib/vendors/parse-json-safely.ts";
import { LAST_MS } from "#lib/vendors/parse-vendor-date.ts";
import { readRetryAfter } from "#lib/vendors/read-retry-after.ts";
import { header, type IncomingAnswer, sendRequest } from "#lib/vendors/send-request.ts";
import type { CheckedToken, IssuedTokens } from "#lib/vendors/vendor-auth.ts";

/**
 * Requests to an OAuth token endpoint (RFC 6749). Own code instead of oauth4webapi for one reason: that library writes Basic
 * credentials form-encoded (§2.3.1), the servers here take `base64(id:secret)` as it is, and every secret with a `+` or `/`
 * would be refused.
 */
export type OAuthClient = { vendor: string; id: string; secret: string };

/** A positive number, also as text; null for anything else. */
const seconds = () => z.coerce.number().positive().nullish().catch(null);

/** A token whose life the server does not tell is believed to live this long; the vendor's 401 tells when it was less, s. */
const UNTOLD_LIFE = 1_800;
/** No access token is believed to live longer than a year, s. */
const LONGEST_LIFE = 31_536_000;

/** An instant in epoch seconds; in milliseconds where seconds would lie beyond the year 5000. Beyond all calendars none is known. */
function instantOf(epoch: number | null | undefined): Date | null {
  if (!epoch) return null;
  const ms = epoch > 1e11 ? epoch : epoch * 1000;
  return ms <= LAST_MS ? new Date(ms) : null;
}

const tokenAnswerSchema = z.looseObject({
  access_token: accessTokenSchema,
  // What follows never costs the tokens: a strict server has already put the old ones out of use (F02).
  refresh_token: z.string().nullish().catch(null),
  /** Seconds; recommended, not required (RFC 6749 §5.1). */
  expires_in: seconds(),
  scope: z
    .union([z.string(), z.array(z.string())])
    .nullish()
    .catch(null),
  /** Epoch seconds. */
  refresh_token_exp: seconds(),
});

const checkAnswerSchema = z.looseObject({
  active: z.boolean().optional(),
  /** Epoch seconds. */
  exp: seconds(),
  refresh_token_exp: seconds(),
  scope: z
    .union([z.string(), z.array(z.string())])
    .nullish()
    .catch(null),
});

/**
 * Asks for tokens. Never sent twice: a code is good for one use, and a refresh token whose answer was lost is the lease's
 * business (lib/connections).
 *
 * @param grant the form's fields: `grant_type` and what belongs to it
 * @param previousRefreshToken kept when the answer holds no new one
 * @throws {VendorError} `credentials` when code, refresh token or password are refused for good; `invalid` when our own client
 *   id or secret is
 */
export async function requestTokens(
  tokenUrl: string,
  client: OAuthClient,
  grant: { grant_type: string } & Record<string, string>,
  previousRefreshToken: string | null = null,
): Promise<IssuedTokens> {
  const label = `POST token (${grant.grant_type})`;
  const answer = await post(tokenUrl, client, grant, label);
  // Lives are counted from here: the vendor's clock may differ from ours, a life in seconds does not.
  const receivedAt = Date.now();
  // Any answer of success may hold them, and a strict server has already put the old ones out of use.
  if (answer.status < 200 || answer.status >= 300) throw refusal(answer, client, label, receivedAt);
  const token = read(answer, tokenAnswerSchema, client, label);
  const refreshToken = token.refresh_token || previousRefreshToken;
  const life = Math.min(LONGEST_LIFE, token.expires_in ?? UNTOLD_LIFE);
  return {
    accessToken: token.access_token,
    refreshToken,
    accessExpiresAt: new Date(receivedAt + life * 1000),
    refreshExpiresAt: refreshToken ? instantOf(token.refresh_token_exp) : null,
    scopes: scopesOf(token.scope),
  };
}

/** Asks whether a token is still taken. Anything but a clear yes is a no. @throws {VendorError} when the vendor cannot be asked */
export async function checkToken(url: string, client: OAuthClient, accessToken: string): Promise<CheckedToken> {
  const label = "POST check_token";
  const answer = await post(url, client, { token: accessToken }, label);
  if (answer.status >= 500 || answer.status === 429) throw refusal(answer, client, label, Date.now());
  if (answer.status !== 200) return { active: false, accessExpiresAt: null, refreshExpiresAt: null, scopes: [] };
  const checked = read(answer, checkAnswerSchema, client, label);
  return {
    active: checked.active !== false,
    accessExpiresAt: instantOf(checked.exp),
    refreshExpiresAt: instantOf(checked.refresh_token_exp),
    scopes: scopesOf(checked.scope),
  };
}

/** `Basic base64(id:secret)`, without the form-encoding of RFC 6749 §2.3.1: see above. */
export function basicAuthorization(client: Pick<OAuthClient, "id" | "secret">): string {
  return `Basic ${Buffer.from(`${client.id}:${client.secret}`, "utf8").toString("base64")}`;
}

async function post(
  url: string,
  client: OAuthClient,
  form: Record<string, string>,
  label: string,
): Promise<IncomingAnswer> {
  const request = {
    vendor: client.vendor,
    label,
    method: "POST" as const,
    url,
    headers: {
      Authorization: basicAuthorization(client),
      "Content-Type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams(form).toString(),
  };
  return await sendRequest(request, TOKEN_DEADLINES);
}

function read<T>(answer: IncomingAnswer, schema: z.ZodType<T>, client: OAuthClient, label: string): T {
  try {
    return schema.parse(parseJsonSafely(answer.bytes));
  } catch {
    // Not kept as the cause: a schema's issues could quote a token.
    throw new VendorError("bad_content", client.vendor, `${label}: not as documented`, { status: answer.status });
  }
}

/** Of an error body only the code is looked at: the message echoes the refresh token (guide FAQ). */
function refusal(answer: IncomingAnswer, client: OAuthClient, label: string, now: number): VendorError {
  const code = errorCode(answer.bytes);
  const retryAfterMs = readRetryAfter(header(answer.headers, "retry-after"), now);
  const kind =
    answer.status === 429
      ? "rate_limited"
      : answer.status >= 500
        ? "unavailable"
        : FOR_GOOD.has(code)
          ? "credentials"
          : answer.status >= 400
            ? "invalid"
            : "bad_content";
  return new VendorError(kind, client.vendor, `${label}: ${answer.status} ${kind}`, {
    status: answer.status,
    retryAfterMs: kind === "rate_limited" ? (retryAfterMs ?? 30_000) : retryAfterMs,
    noEffect: answer.status >= 400 && answer.status < 500,
  });
}

/** RFC 6749 §5.2 codes that no retry with the same code, refresh token or password can cure. */
const FOR_GOOD = new Set(["invalid_grant", "access_denied", "unauthorized_user", "invalid_token"]);

function errorCode(bytes: Buffer): string {
  try {
    const body = z.object({ error: z.string().max(60) }).parse(parseJsonSafely(bytes));
    return body.error;
  } catch {
    return "";
  }
}

function scopesOf(scope: string | string[] | null | undefined): string[] {
  return (Array.isArray(scope) ? scope : (scope ?? "").split(/[\s,]+/)).filter(Boolean);
}
