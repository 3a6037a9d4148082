import type { z } from "zod";
import type { Endpoint, VendorDialect } from "#lib/vendors/endpoint.ts";
import type { VendorErrorKind } from "#lib/vendors/error.ts";
import { keysOf } from "#lib/vendors/open-dental/credentials.ts";
import { parseAnswer, parseDone } from "#lib/vendors/open-dental/parse-answer.ts";
import { doneSchema } from "#lib/vendors/open-dental/schemas.ts";

/** "Content-Type: application/json is required on all requests", also those without a body. */
const shared = {
  vendor: "open-dental",
  headers: (session) => ({
    Authorization: `ODFHIR ${keysOf(session.accessToken)}`,
    "Content-Type": "application/json",
  }),
  parse: parseAnswer,
} satisfies Partial<VendorDialect>;

/** Every key may read: a refused read is a refused key. */
const readDialect: VendorDialect = { ...shared, kindOf: (status, body) => kindOf(status, body, "token") };
/** A refused write is a permission that the key does not have; the key itself may be good. */
const writeDialect: VendorDialect = { ...shared, kindOf: (status, body) => kindOf(status, body, "scope") };
/** Nobody needs what is answered: a sentence is as good as nothing. */
const doneDialect: VendorDialect = { ...writeDialect, parse: parseDone };

/**
 * Statuses of the API: 200, 201, 400, 401, 404, 410 (deprecated), 504 (60 s passed). A 400 is also what an office answers that cannot
 * be reached: its eConnector is down.
 */
function kindOf(status: number, body: Uint8Array, refused: "token" | "scope"): VendorErrorKind | undefined {
  if (status === 401) return refused;
  if (status === 400 && /e-?connector/i.test(Buffer.from(body).toString("latin1"))) return "unavailable";
  return status === 504 ? "timeout" : undefined;
}

export function readEndpoint<R extends z.ZodType>(
  endpoint: Omit<Endpoint<R>, "dialect" | "method" | "repeat" | "permission">,
): Endpoint<R> {
  return { dialect: readDialect, method: "GET", repeat: "read", permission: "read", ...endpoint };
}

export function writeEndpoint<R extends z.ZodType>(endpoint: Omit<Endpoint<R>, "dialect" | "permission">): Endpoint<R> {
  const dialect = (endpoint.response as z.ZodType) === doneSchema ? doneDialect : writeDialect;
  return { dialect, permission: "decide", ...endpoint };
}

/** Older versions answer 201 with an empty body; 200 may have none either. */
export const EMPTY = { 201: {}, 204: {} };
