import { type Exchange, json, type Reply } from "./exchange.ts";
import type { MsUser } from "./medisync-records.ts";
import { medisyncUser } from "./medisync-tokens.ts";
import type { World } from "./world.ts";

/** A refusal. MediSync says them in two ways: as business errors, all of them 400, or by HTTP's own statuses. */
export class MedisyncProblem extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

const BUSINESS = new Set([404, 409]);

export function refuse(world: World, { status, message, headers }: MedisyncProblem): Reply {
  const isBusiness = world.live.medisyncErrors === "business" && BUSINESS.has(status);
  const words = status >= 500 ? { message } : { error: message };
  return json(isBusiness ? 400 : status, { success: false, ...words }, headers);
}

export function done(data: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return json(status, { success: true, data }, headers);
}

const HOUR = 3_600_000;
const CALLS = { none: 1_000, standard: 1_000, premium: 5_000 };
const UPLOADS = { none: 50, standard: 50, premium: 200 };

/** Token and budget: what every call but the sign-in must get right. @returns the headers that tell what is left */
export function admit(
  world: World,
  exchange: Exchange,
  isUpload: boolean,
): { user: MsUser; headers: Record<string, string> } {
  const { headers, violations } = exchange;
  const token = /^Bearer (\S+)$/.exec(headers.authorization ?? "")?.[1];
  if (token === undefined) {
    violations.push("The request has no Authorization: Bearer header");
    throw new MedisyncProblem(401, "No token provided");
  }
  const user = medisyncUser(world, token);
  if (user === null) throw new MedisyncProblem(401, `Invalid or expired token ${token}`);
  const limits = limitsOf(world, user);
  const left = spend(world, exchange, world.medisync.calls, user, limits.calls, "calls");
  if (isUpload) spend(world, exchange, world.medisync.uploads, user, limits.uploads, "uploads");
  const rate = { "x-ratelimit-limit": String(limits.calls), "x-ratelimit-remaining": String(left) };
  return { user, headers: rate };
}

function limitsOf({ live }: World, { plan }: MsUser) {
  return {
    calls: live.medisyncCallsPerHour || CALLS[plan],
    uploads: live.medisyncUploadsPerHour || UPLOADS[plan],
  };
}

/** Counts a call among those of the last hour. One too many, or one before Retry-After has passed, is a violation. */
function spend(
  world: World,
  { violations }: Exchange,
  spent: Map<string, number[]>,
  { uid }: MsUser,
  limit: number,
  what: string,
): number {
  const now = world.now();
  const recent = (spent.get(uid) ?? []).filter((at) => at > now - HOUR);
  spent.set(uid, recent);
  if (now < (world.medisync.barredUntil.get(uid) ?? 0))
    violations.push("The caller came back before its Retry-After had passed");
  if (recent.length >= limit) {
    violations.push(`More than ${limit} ${what} within an hour`);
    const waitMs = (recent[0] ?? now) + HOUR - now;
    world.medisync.barredUntil.set(uid, now + waitMs);
    throw new MedisyncProblem(429, "Rate limit exceeded", { "retry-after": String(Math.ceil(waitMs / 1000)) });
  }
  recent.push(now);
  return limit - recent.length;
}

/** "Some features require an active subscription": making appointments and everything that an AI writes. */
export function needSubscription({ plan }: MsUser): void {
  if (plan === "none") throw new MedisyncProblem(403, "Active subscription required");
}

export function checkId(id: string, { violations }: Exchange): void {
  if (/^[0-9a-f]{24}$/.test(id)) return;
  violations.push(`${id.slice(0, 40)} is no ObjectId`);
  throw new MedisyncProblem(400, "Invalid appointment ID");
}

export function checkQuery({ url, violations }: Exchange, known: readonly string[]): void {
  for (const name of new Set(url.searchParams.keys()))
    if (![...known, "uid"].includes(name))
      violations.push(`The query parameter ${name} is not documented for ${url.pathname}`);
}

export async function readBody(exchange: Exchange, known: readonly string[]): Promise<Record<string, unknown>> {
  const { headers, violations, method, url } = exchange;
  if (!/^application\/json\b/i.test(headers["content-type"] ?? "")) {
    violations.push(`${method} ${url.pathname} is not sent as application/json`);
    throw new MedisyncProblem(400, "Expected a JSON body");
  }
  const body = toRecord((await exchange.body()).toString("utf8"));
  if (body === null) {
    violations.push(`${method} ${url.pathname} is sent without a JSON object`);
    throw new MedisyncProblem(400, "Invalid JSON");
  }
  for (const name of Object.keys(body))
    if (!known.includes(name)) violations.push(`${name} is not documented for ${url.pathname}`);
  return body;
}

function toRecord(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** The largest upload, "500MB". */
const UPLOAD_LIMIT = 500 * 1024 * 1024;

/** The one file of a multipart form. */
export async function readFile(exchange: Exchange, field: string): Promise<File> {
  const { headers, violations } = exchange;
  const type = headers["content-type"] ?? "";
  if (!/^multipart\/form-data; ?boundary=/i.test(type)) {
    violations.push("The upload is not sent as multipart/form-data");
    throw new MedisyncProblem(400, "No file uploaded");
  }
  const bytes = await exchange.body(UPLOAD_LIMIT + 65_536);
  const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
  const file = form.get(field);
  if (!(file instanceof File)) {
    violations.push(`The form has no file in the field ${field}`);
    throw new MedisyncProblem(400, "No file uploaded");
  }
  return file;
}
