import { z } from "zod";
import type { Exchange, Reply } from "./exchange.ts";
import {
  type OdPermission,
  OPEN_DENTAL_DEVELOPER_KEY,
  type OpenDentalOffice,
  PERMISSIONS_OF,
} from "./open-dental-office.ts";
import type { World } from "./world.ts";

/** A refusal: errors of Open Dental are a plain sentence, quoted as JSON. */
export class OpenDentalProblem extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function text(status: number, sentence: string): Reply {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: sentence };
}

/** The largest body the API takes: 16.8 million characters of JSON. */
export const BODY_LIMIT = 16_800_000;

/** Keys, permission, throttle, headers: what every call of Open Dental must get right. */
export function admit(world: World, exchange: Exchange, office: OpenDentalOffice, needs: OdPermission): void {
  const { headers, violations } = exchange;
  const given = /^ODFHIR ([^\s/]+)\/([^\s/]+)$/.exec(headers.authorization ?? "");
  if (!given) violations.push("The Authorization header is not ODFHIR {developer key}/{customer key}");
  const permissions = given?.[1] === OPEN_DENTAL_DEVELOPER_KEY ? PERMISSIONS_OF[given[2] ?? ""] : undefined;
  if (given === null || permissions === undefined)
    throw new OpenDentalProblem(401, `Invalid keys: ${given?.[2] ?? "none"}`);
  throttle(world, exchange, office, given[2] ?? "", permissions);
  if (!/^application\/json\b/i.test(headers["content-type"] ?? "")) {
    violations.push("The Content-Type: application/json header is missing");
    throw new OpenDentalProblem(400, "Content-Type must be application/json");
  }
  if (!permissions.includes(needs)) throw new OpenDentalProblem(401, `The key lacks the permission ${needs}`);
}

/** One call per 5 s with ReadAll alone, one per second with more, one per 500 ms with Enterprise. */
function throttle(
  { live }: World,
  { violations }: Exchange,
  office: OpenDentalOffice,
  key: string,
  permissions: readonly OdPermission[],
): void {
  const at = performance.now();
  const full = permissions.includes("Enterprise") ? 500 : permissions.length > 1 ? 1_000 : 5_000;
  const allowed = full * live.openDentalThrottle;
  const since = at - (office.lastCallAt.get(key) ?? Number.NEGATIVE_INFINITY);
  office.lastCallAt.set(key, at);
  if (since >= allowed) return;
  violations.push(`The key was used ${Math.round(since)} ms after its last call; it allows one per ${allowed} ms`);
  throw new OpenDentalProblem(429, "Too many requests");
}

export async function readBody(exchange: Exchange): Promise<Record<string, unknown>> {
  const bytes = await exchange.body(BODY_LIMIT);
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(bytes.toString("utf8")));
  } catch {
    exchange.violations.push(`${exchange.method} ${exchange.url.pathname} is sent without a JSON object`);
    throw new OpenDentalProblem(400, "Invalid JSON");
  }
}

/** Fields the documents list for an operation; others are violations, as a typing error would go unnoticed. */
export function checkNames(given: Iterable<string>, known: readonly string[], { violations, url }: Exchange): void {
  for (const name of given) if (!known.includes(name)) violations.push(`${name} is not documented for ${url.pathname}`);
}

export function wholeNumber(value: unknown): number | null {
  if (typeof value === "string" && /^\d{1,12}$/.test(value)) return Number(value);
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : null;
}

/** Rows `Offset` to `Offset + Limit`, at most a hundred. */
export function paged<T>(rows: T[], exchange: Exchange): T[] {
  const { searchParams } = exchange.url;
  const offset = wholeNumber(searchParams.get("Offset") ?? "0") ?? 0;
  const limit = wholeNumber(searchParams.get("Limit") ?? "100") ?? 100;
  if (limit > 100) exchange.violations.push("Limit is larger than 100");
  return rows.slice(offset, offset + Math.min(100, limit));
}
