import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Principal } from "#lib/access/principal.ts";
import { requirePermission } from "#lib/access/require-permission.ts";
import { auditStatement } from "#lib/audit/append-audit.ts";
import { accountsOf, readAccountsAhead } from "#lib/connections/accounts-ahead.ts";
import type { HeldCredentials } from "#lib/connections/credential-lease.ts";
import { withSession } from "#lib/connections/with-session.ts";
import { inOneTrip } from "#lib/database/one-trip.ts";
import { AppError, type ErrorCode } from "#lib/errors.ts";
import { safeFileName } from "#lib/scans/safe-file-name.ts";
import type { Endpoint } from "#lib/vendors/endpoint.ts";
import type { Answer, CallInput, UploadedFile } from "#lib/vendors/endpoint-call.ts";
import { VendorError } from "#lib/vendors/error.ts";
import { vendorFetch, vendorStream } from "#lib/vendors/http.ts";
import { matchEndpoint } from "#lib/vendors/match-endpoint.ts";
import type { OpenedFile } from "#lib/vendors/open-answer.ts";
import { findVendor } from "#lib/vendors/registry.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

export type VendorCall = {
  vendor: string;
  method: string;
  /** The vendor's documented path, percent-encoded, beginning with "/". */
  path: string;
  /** The vendor's documented query, and `connection`, which may be left out where the organisation has only one. */
  query: URLSearchParams;
  /** Reads the JSON body, for an operation that takes one. */
  body?: (mostBytes?: number) => Promise<unknown>;
  /** The file of a multipart form, for an operation that takes one: read from the form by the name of its field. */
  file?: (field: string, mostBytes: number) => Promise<File>;
  /** The part of a file that is wanted, as HTTP says it. */
  range?: string | null;
  /** The request that asks for it, when its account may have been read ahead (lib/connections/accounts-ahead.ts). */
  request?: Request;
};

/** The vendor's status and record as the vendor sent it, or its file as it arrives. */
export type VendorReply = Pick<Answer<unknown>, "status" | "raw"> | { file: OpenedFile };

/**
 * Calls one documented operation of a vendor for a member. Never an open relay: what is not in the vendor's endpoint table does not
 * exist, query and body are checked against it, credentials and group come from the connection alone. Each call is in the
 * audit trail before it is made; one that only reads, before it is answered.
 *
 * @throws {AppError} not_found, forbidden, use_orders_api for operations that decide an order, invalid_parameter, invalid_body
 */
export async function callVendorEndpoint(principal: Principal, call: VendorCall): Promise<VendorReply> {
  const match = matchEndpoint(findVendor(call.vendor)?.endpoints ?? [], call.method, call.path);
  if (!match) throw new AppError("not_found");
  const { endpoint, params } = match;
  requirePermission(principal, endpoint.permission);
  if (endpoint.decides) throw new AppError("use_orders_api", `${endpoint.name} goes through /api/orders`);
  const input = await checkInput(endpoint, params, call);
  const held = await findAccount(principal, call);
  const { connectionId, organisationId } = held;
  const record = () => recordCall(principal, connectionId, endpoint, params);
  const ask = async (session: VendorSession): Promise<VendorReply> => {
    if (!endpoint.streams) return vendorFetch(session, endpoint, input);
    return { file: await vendorStream(session, endpoint, input, call.range ?? null) };
  };
  const isQuickRead = endpoint.repeat === "read" && !endpoint.streams;
  if (!isQuickRead) await record();
  const reply = withSession(connectionId, organisationId, ask, { held });
  const [answer, recorded] = await Promise.allSettled([reply, isQuickRead ? atVendor(reply).then(record) : null]);
  if (recorded.status === "rejected") throw recorded.reason;
  if (answer.status === "fulfilled") return answer.value;
  const error: unknown = answer.reason;
  // "Already decided" is about orders; here it is a duplicate, and the vendor's own refusal.
  if (error instanceof VendorError && error.kind === "conflict")
    throw new AppError("vendor_refused", error.message, { cause: error });
  throw error;
}

/** What a request needs to reach a vendor nearby, ms. */
const UNDER_WAY_MS = 2;

/**
 * A read is written down while the vendor is busy with it. Not in the moment the request leaves: its way to the vendor and ours to
 * the database would share one processor, and the answer come later by half a millisecond (bench/proxy.ts).
 */
async function atVendor(reply: Promise<unknown>): Promise<void> {
  await Promise.race([Promise.allSettled([reply]), sleep(UNDER_WAY_MS)]);
}

/** Made once: a schema is compiled when it is first used. */
const NO_QUERY = z.strictObject({});
const UUID = z.uuid();

async function checkInput(
  endpoint: Endpoint,
  params: Record<string, string>,
  { query, body, file }: VendorCall,
): Promise<CallInput> {
  if (endpoint.params && !endpoint.params.safeParse(params).success) throw new AppError("not_found");
  const given: Record<string, string | string[]> = {};
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    const isFixed = values.length === 1 && endpoint.fixedQuery?.[name] === values[0];
    if (name !== "connection" && !isFixed) given[name] = values.length > 1 ? values : values[0]!;
  }
  return {
    params,
    query: check(endpoint.query ?? NO_QUERY, given, "invalid_parameter") as CallInput["query"],
    ...(endpoint.body ? { body: check(endpoint.body, await body?.(endpoint.mostBodyBytes), "invalid_body") } : {}),
    ...(endpoint.upload ? { file: await checkFile(endpoint.upload, file) } : {}),
  };
}

/** @throws {AppError} unsupported_format */
async function checkFile(
  { field, types, mostBytes }: NonNullable<Endpoint["upload"]>,
  read: VendorCall["file"],
): Promise<UploadedFile> {
  if (!read) throw new AppError("invalid_body", "no multipart form", { facts: { name: field } });
  const given = await read(field, mostBytes);
  const type = given.type.toLowerCase().split(";")[0] ?? "";
  const isTaken = types.some((one) => (one.endsWith("/*") ? type.startsWith(one.slice(0, -1)) : type === one));
  if (!isTaken) throw new AppError("unsupported_format", `${field} is not ${types.join(" or ")}`);
  return { name: safeFileName(given.name || field), type: given.type, bytes: given };
}

function check<T>(schema: z.ZodType<T>, given: unknown, code: ErrorCode): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const invalidParams = parsed.error.issues.flatMap((issue) => {
    const names = issue.code === "unrecognized_keys" ? issue.keys : [issue.path.join(".") || "body"];
    return names.map((name) => ({ name, reason: issue.message }));
  });
  throw new AppError(code, code, { invalidParams, facts: { name: invalidParams[0]?.name ?? "" } });
}

/** The account the call is made through, as it is this moment. A foreign one does not exist. */
async function findAccount(principal: Principal, { vendor, query, request }: VendorCall): Promise<HeldCredentials> {
  const connectionId = query.get("connection");
  if (connectionId !== null && !isUuid(connectionId)) throw new AppError("not_found");
  const [account, another] = await accountsOf(principal, { vendor, connectionId }, request);
  if (another) throw missingConnection();
  if (!account) throw new AppError("not_found");
  return account;
}

/** Begins what can be begun before it is known who asks. @returns the request */
export function prepareVendorCall(request: Request, { vendor, query }: Pick<VendorCall, "vendor" | "query">): Request {
  const connectionId = query.get("connection");
  if (connectionId === null || isUuid(connectionId)) readAccountsAhead(request, { vendor, connectionId });
  return request;
}

function isUuid(text: string): boolean {
  return UUID.safeParse(text).success;
}

async function recordCall(
  { organisationId, userId }: Principal,
  connectionId: string,
  endpoint: Endpoint,
  params: Record<string, string>,
): Promise<void> {
  const facts = { operation: endpoint.name, ...idsOf(params) };
  const subject = { subjectType: "connection", subjectId: connectionId };
  const entry = auditStatement({ organisationId, actorId: userId, action: "vendor.called", ...subject, facts });
  await inOneTrip(organisationId, entry);
}

function missingConnection(): AppError {
  const invalidParams = [{ name: "connection", reason: "names one of several connections" }];
  return new AppError("invalid_parameter", "several connections", { invalidParams, facts: { name: "connection" } });
}

/** Order numbers and uuids; e-mail addresses and file names, which can name people, have a dot or an @ and stay out. */
function idsOf(params: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).filter(([, value]) => /^[\w=+/-]{1,100}$/.test(value)));
}
