import { z } from "zod";
import { VendorError } from "#lib/vendors/error.ts";
import { parseJsonSafely } from "#lib/vendors/parse-json-safely.ts";
import { readRetryAfter } from "#lib/vendors/read-retry-after.ts";
import { header, type IncomingAnswer, sendRequest } from "#lib/vendors/send-request.ts";
import type { CheckedToken, IssuedTokens } from "#lib/vendors/vendor-auth.ts";

/**
 * Requests to an OAuth token endpoint (RFC 6749). Own code instead of oauth4webapi for one reason: that library writes Basic
 * credentials form-encoded (§2.3.1), the servers here take `base64(id:secret)` as it is, and every secret with a `+` or `/`
 * would be refused.
 */
export type OAuthClient = { vendor: string; id: string; secret: string };

const tokenAnswerSchema = z.looseObject({
  access_token: z.string().min(1),
  token_type: z.string().optional(),
  refresh_token: z.string().min(1).nullish(),
  /** Seconds. */
  expires_in: z.coerce.number().positive(),
  scope: z.union([z.string(), z.array(z.string())]).nullish(),
  /** Epoch seconds. */
  refresh_token_exp: z.coerce.number().positive().nullish(),
});

const checkAnswerSchema = z.looseObject({
  active: z.boolean().optional(),
  /** Epoch seconds. */
  exp: z.coerce.number().positive().nullish(),
  refresh_token_exp: z.coerce.number().positive().nullish(),
  scope: z.union([z.string(), z.array(z.string())]).nullish(),
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
  if (answer.status !== 200) throw refusal(answer, client, label, receivedAt);
  const token = read(answer, tokenAnswerSchema, client, label);
  const refreshToken = token.refresh_token ?? previousRefreshToken;
  return {
    accessToken: token.access_token,
    refreshToken,
    accessExpiresAt: new Date(receivedAt + token.expires_in * 1000),
    refreshExpiresAt: refreshToken && token.refresh_token_exp ? new Date(token.refresh_token_exp * 1000) : null,
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
    accessExpiresAt: checked.exp ? new Date(checked.exp * 1000) : null,
    refreshExpiresAt: checked.refresh_token_exp ? new Date(checked.refresh_token_exp * 1000) : null,
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
  return await sendRequest({
    vendor: client.vendor,
    label,
    method: "POST",
    url,
    headers: {
      Authorization: basicAuthorization(client),
      "Content-Type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams(form).toString(),
  });
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
