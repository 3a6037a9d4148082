import type { VendorErrorKind } from "#lib/vendors/error.ts";
import { parseJsonSafely } from "#lib/vendors/parse-json-safely.ts";

/**
 * MediSync refuses in two ways: by HTTP's statuses, as its guide's table says, and with 400 (or even 200) and a sentence, as its
 * reference shows. The sentence is looked at for its meaning only; it is never kept.
 */

const MEANINGS: readonly [VendorErrorKind, RegExp][] = [
  ["subscription", /subscription|upgrade your plan/i],
  ["token", /\b(invalid|expired|missing|no)\b.{0,20}\btoken\b|\bjwt\b|unauthori[sz]ed/i],
  ["conflict", /already exists?|already been|duplicate/i],
  ["not_found", /not found|no \w+ found|does ?n[o']t exist/i],
];

/** What a status means here; undefined for the general meaning of HTTP. */
export function kindOf(status: number, body: Uint8Array, needsSubscription: boolean): VendorErrorKind | undefined {
  if (status === 402) return "subscription";
  if (status === 403) return needsSubscription || meaningOf(body) === "subscription" ? "subscription" : "scope";
  return status === 400 ? meaningOf(body) : undefined;
}

/** A refusal with a status of success. */
export function refusal(raw: unknown): VendorErrorKind | undefined {
  return isRefusal(raw) ? (meaningOfWords(wordsOf(raw)) ?? "invalid") : undefined;
}

export function isRefusal(raw: unknown): boolean {
  return typeof raw === "object" && raw !== null && "success" in raw && raw.success === false;
}

function meaningOf(body: Uint8Array): VendorErrorKind | undefined {
  try {
    return meaningOfWords(wordsOf(parseJsonSafely(body)));
  } catch {
    return undefined;
  }
}

function meaningOfWords(words: string): VendorErrorKind | undefined {
  return MEANINGS.find(([, pattern]) => pattern.test(words))?.[0];
}

/** 500 has `message` in the place of `error`. */
function wordsOf(raw: unknown): string {
  if (typeof raw !== "object" || raw === null) return "";
  const { error, message } = raw as { error?: unknown; message?: unknown };
  return [error, message]
    .filter((one) => typeof one === "string")
    .join(" ")
    .slice(0, 1_000);
}
