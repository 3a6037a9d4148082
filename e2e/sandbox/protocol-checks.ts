import type { Exchange } from "./exchange.ts";
import { MeditlinkProblem } from "./meditlink-error.ts";
import { livingAccess } from "./meditlink-tokens.ts";
import { CLIENT_ID } from "./settings.ts";
import type { Account, Group } from "./vendor-records.ts";
import type { AccessToken, World } from "./world.ts";

/** What an operation of the resource API demands (guide §3, "Request Headers" and "Request Query Parameters"). */
export interface Demands {
  scope: string;
  /** Cases, files and orders name the caller's group; users and groups do not. */
  needsGroup: boolean;
  /** Query parameters the guide lists; `schema` is checked apart. */
  query: readonly string[];
  /** `schema` is documented everywhere but on GET /files/{uuid}. */
  hasSchema: boolean;
  hasBody: boolean;
}

export interface Caller {
  account: Account;
  group: Group | null;
  token: AccessToken;
}

/** Every check that does not depend on the operation's own meaning, in the order a gateway makes them. */
export async function checkRequest(
  world: World,
  exchange: Exchange,
  demands: Demands,
  limiter: RateLimiter,
): Promise<Caller> {
  const caller = checkToken(world, exchange);
  limiter.check(caller.token.value, exchange);
  checkClient(exchange);
  if (!caller.token.scope.split(" ").includes(demands.scope)) {
    throw new MeditlinkProblem(403, "insufficient_scope", `Insufficient scope for this resource: ${demands.scope}`);
  }
  checkGroup(exchange, demands, caller);
  checkContentType(exchange);
  checkQuery(exchange, demands);
  await checkBody(exchange, demands);
  return caller;
}

function checkToken(world: World, { headers, violations }: Exchange): Caller {
  const value = /^Bearer (\S+)$/i.exec(headers.authorization ?? "")?.[1];
  if (value === undefined) {
    violations.push("The request has no Authorization: Bearer header");
    throw new MeditlinkProblem(401, "unauthorized", "Full authentication is required to access this resource");
  }
  if (world.refreshTokens.has(value)) violations.push("A refresh token was sent as an access token");
  const token = livingAccess(world, value);
  const account = token === null ? undefined : world.accounts.get(token.account);
  if (token === null || account === undefined) {
    throw new MeditlinkProblem(401, "invalid_token", `Invalid access token: ${value}`, {
      "www-authenticate": 'Bearer realm="oauth2-resource", error="invalid_token"',
    });
  }
  return { token, account, group: account.groupUuid === null ? null : world.group(account.groupUuid) };
}

function checkClient({ headers, violations }: Exchange): void {
  const client = headers["x-meditlink-client-id"];
  if (client === undefined) {
    violations.push("The x-meditlink-client-id header is missing");
    throw new MeditlinkProblem(400, "Bad Request", "x-meditlink-client-id must not be null");
  }
  if (client !== CLIENT_ID) {
    violations.push("The x-meditlink-client-id header is not the client the token was issued to");
    throw new MeditlinkProblem(403, "Forbidden", "The client does not match the access token");
  }
}

function checkGroup({ headers, violations }: Exchange, { needsGroup }: Demands, { group }: Caller): void {
  const named = headers["x-meditlink-group-uuid"];
  if (!needsGroup) {
    if (named !== undefined)
      violations.push("x-meditlink-group-uuid is sent to an operation that does not document it");
    return;
  }
  if (named === undefined) {
    violations.push("The x-meditlink-group-uuid header is missing");
    throw new MeditlinkProblem(400, "Bad Request", "x-meditlink-group-uuid must not be null");
  }
  if (group === null || named !== group.uuid) {
    violations.push("The x-meditlink-group-uuid header is not the caller's group");
    throw new MeditlinkProblem(403, "Forbidden", "The group does not belong to the user");
  }
}

function checkContentType({ headers, violations }: Exchange): void {
  if (/^application\/json\b/i.test(headers["content-type"] ?? "")) return;
  violations.push("The Content-Type: application/json header is missing");
  throw new MeditlinkProblem(400, "Bad Request", "Content-Type must be application/json");
}

function checkQuery({ url, violations }: Exchange, { query, hasSchema }: Demands): void {
  for (const name of new Set(url.searchParams.keys())) {
    const isKnown = name === "schema" ? hasSchema : query.includes(name);
    if (!isKnown) violations.push(`The query parameter ${name} is not documented for ${url.pathname}`);
    if (name !== "status" && url.searchParams.getAll(name).length > 1)
      violations.push(`The query parameter ${name} is repeated`);
  }
  if (!hasSchema) return;
  const schema = url.searchParams.get("schema");
  if (schema === null) violations.push("The query parameter schema=latest is missing");
  else if (schema !== "latest" && schema !== "s1") {
    violations.push(`The schema "${schema}" is not latest`);
    throw new MeditlinkProblem(400, "Bad Request", `Unknown schema: ${schema}`);
  }
}

async function checkBody(exchange: Exchange, { hasBody }: Demands): Promise<void> {
  const body = await exchange.body();
  if (!hasBody && body.length > 0)
    exchange.violations.push(`${exchange.method} ${exchange.url.pathname} takes no body, but one was sent`);
}

/** A numeric query parameter within its documented range; `fallback` undefined means it must not be null. */
export function numberParameter(
  { url, violations }: Exchange,
  name: string,
  range: { low: number; high: number; fallback?: number },
): number {
  const text = url.searchParams.get(name) ?? "";
  if (text === "") {
    if (range.fallback !== undefined) return range.fallback;
    violations.push(`The query parameter ${name} must not be null`);
    throw new MeditlinkProblem(400, "Bad Request", `${name}: must not be null`);
  }
  const value = Number(text);
  if (/^-?\d+$/.test(text) && value >= range.low && value <= range.high) return value;
  violations.push(`The query parameter ${name}=${text.slice(0, 30)} is outside ${range.low}..${range.high}`);
  const bound = value < range.low ? `greater than or equal to ${range.low}` : `less than or equal to ${range.high}`;
  throw new MeditlinkProblem(400, "Bad Request", `${name}: must be ${bound}`);
}

/** A bucket per token, refilled each second. A caller that comes back before its Retry-After is a violation. */
export class RateLimiter {
  #buckets = new Map<string, { second: number; used: number; barredUntil: number }>();
  #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  check(token: string, { violations }: Exchange): void {
    const limit = this.#world.live.rateLimitPerSecond;
    if (limit === 0) return;
    const now = this.#world.now();
    const second = Math.floor(now / 1000);
    const bucket = this.#buckets.get(token) ?? { second, used: 0, barredUntil: 0 };
    this.#buckets.set(token, bucket);
    if (bucket.second !== second) Object.assign(bucket, { second, used: 0 });
    bucket.used++;
    if (now < bucket.barredUntil) violations.push("The caller came back before its Retry-After had passed");
    else if (bucket.used <= limit) return;
    bucket.barredUntil = Math.max(bucket.barredUntil, now + 1000);
    throw new MeditlinkProblem(429, "Too Many Requests", "API request limit exceeded", { "retry-after": "1" });
  }
}
