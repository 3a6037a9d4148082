import type { z } from "zod";
import type { VendorErrorKind } from "#lib/vendors/error.ts";
import { keysOf } from "#lib/vendors/open-dental/credentials.ts";
import { parseAnswer } from "#lib/vendors/open-dental/parse-answer.ts";
import type { Endpoint, VendorDialect } from "#lib/vendors/vendor.ts";

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
const readDialect: VendorDialect = { ...shared, kindOf: (status) => kindOf(status, "token") };
/** A refused write is a permission that the key does not have; the key itself may be good. */
const writeDialect: VendorDialect = { ...shared, kindOf: (status) => kindOf(status, "scope") };

/** Statuses of the API: 200, 201, 400, 401, 404, 410 (deprecated), 504 (60 s passed). */
function kindOf(status: number, refused: "token" | "scope"): VendorErrorKind | undefined {
  if (status === 401) return refused;
  return status === 504 ? "timeout" : undefined;
}

export function readEndpoint<R extends z.ZodType>(
  endpoint: Omit<Endpoint<R>, "dialect" | "method" | "repeat" | "permission">,
): Endpoint<R> {
  return { dialect: readDialect, method: "GET", repeat: "read", permission: "read", ...endpoint };
}

export function writeEndpoint<R extends z.ZodType>(endpoint: Omit<Endpoint<R>, "dialect" | "permission">): Endpoint<R> {
  return { dialect: writeDialect, permission: "decide", ...endpoint };
}
