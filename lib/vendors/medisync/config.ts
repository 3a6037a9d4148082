import { z } from "zod";
import { env } from "#lib/env.ts";
import type { Endpoint, VendorDialect } from "#lib/vendors/endpoint.ts";
import { kindOf, refusal } from "#lib/vendors/medisync/errors.ts";
import { claimsOf } from "#lib/vendors/medisync/token-claims.ts";

/** "All requests should include these headers"; an upload has a type of its own. */
function dialectOf(needsSubscription: boolean): VendorDialect {
  return {
    vendor: "medisync",
    headers: (session, { upload }) => ({
      Authorization: `Bearer ${session.accessToken}`,
      ...(upload ? {} : { "Content-Type": "application/json" }),
    }),
    // The older reference wants the user in every address; the newer guide takes it from the token.
    query: ({ accessToken }): Record<string, string> => {
      const userId = env().MEDISYNC_SEND_UID ? claimsOf(accessToken).userId : null;
      return userId ? { uid: userId } : {};
    },
    kindOf: (status, body) => kindOf(status, body, needsSubscription),
    refusal,
  };
}

const dialect = dialectOf(false);
/** Making appointments and whatever an AI writes: a 403 means that nobody has paid for it. */
const paidDialect = dialectOf(true);

export function readEndpoint<R extends z.ZodType>(
  endpoint: Omit<Endpoint<R>, "dialect" | "method" | "repeat" | "permission">,
): Endpoint<R> {
  return { dialect, method: "GET", repeat: "read", permission: "read", ...endpoint };
}

export function writeEndpoint<R extends z.ZodType>(
  endpoint: Omit<Endpoint<R>, "dialect" | "repeat" | "permission">,
  needs?: "subscription",
): Endpoint<R> {
  const asDocumented = { dialect: needs ? paidDialect : dialect, repeat: "once", permission: "decide" } as const;
  return { ...asDocumented, standIns: { 201: {}, 204: {} }, ...endpoint };
}

/** A MongoDB ObjectId; the reference's own examples have other words in its place. */
export const idParam = z.string().regex(/^[\w-]{1,64}$/);

/** "Maximum file size: 500MB", of recordings and documents. */
export const MOST_UPLOAD_BYTES = 500 * 1024 * 1024;
