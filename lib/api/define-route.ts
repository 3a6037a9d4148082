import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { may, type Permission, type Principal } from "#lib/access/principal.ts";
import { principalOf } from "#lib/access/principal-of.ts";
import { guardStream } from "#lib/api/guard-stream.ts";
import { isSameOrigin } from "#lib/api/is-same-origin.ts";
import { respondProblem, toAppError } from "#lib/api/problem.ts";
import { respond } from "#lib/api/respond.ts";
import { AppError, type InvalidParam } from "#lib/errors.ts";
import { log } from "#lib/log/log.ts";

type Input<P, Q, B, A> = { principal: A; params: P; query: Q; body: B; request: Request; requestId: string };
type Context = { params: Promise<Record<string, string | string[]>> };

type Definition<P, Q, B, A> = {
  /** A permission of the member's role; "signed-in" for anybody with an account; "public" for nobody in particular. */
  permission: Permission | "signed-in" | "public";
  params?: z.ZodType<P>;
  query?: z.ZodType<Q>;
  /** JSON bodies only; a route that takes files reads `request` itself. */
  body?: z.ZodType<B>;
  /** A value is answered as JSON with 200; a Response goes out as it is. */
  handler: (input: Input<P, Q, B, A>) => Promise<unknown>;
};

/** A shorter body is gone before any right could be taken away, in bytes. */
const LONG_BODY = 4_000_000;
/** The largest JSON body taken by default, in bytes. */
const BODY_LIMIT = 1_000_000;

/**
 * A route handler: who is it, may they, is the input right, call one service, answer; every failure leaves as problem+json.
 * Services check permissions again themselves: this is the outer of two locks.
 */
export function defineRoute<P = unknown, Q = unknown, B = unknown>(
  definition: Definition<P, Q, B, Principal> & { permission: Permission | "signed-in" },
): (request: Request, context: Context) => Promise<Response>;
export function defineRoute<P = unknown, Q = unknown, B = unknown>(
  definition: Definition<P, Q, B, Principal | null> & { permission: "public" },
): (request: Request, context: Context) => Promise<Response>;
export function defineRoute<P, Q, B>(definition: Definition<P, Q, B, never>) {
  return async (request: Request, context: Context): Promise<Response> => {
    const requestId = randomUUID();
    let locale = localeOf(request);
    try {
      const principal = await admit(request, definition.permission);
      locale = principal?.locale ?? locale;
      const params = checkParams(definition.params, await context.params);
      const query = checkQuery(definition.query, new URL(request.url).searchParams);
      const body = definition.body ? check(definition.body, await readJson(request), "invalid_body") : (undefined as B);
      const answer = await definition.handler({
        principal: principal as never,
        params,
        query,
        body,
        request,
        requestId,
      });
      const response = answer instanceof Response ? guarded(answer, request, definition) : respond(answer ?? null);
      response.headers.set("x-request-id", requestId);
      return response;
    } catch (thrown) {
      const error = toAppError(thrown);
      const entry = { requestId, code: error.code, method: request.method, path: pathOf(request), err: error };
      if (error.status >= 500) log.error(entry, "request failed");
      else log.debug(entry, "request refused");
      return respondProblem(error, requestId, locale);
    }
  };
}

/** Bytes that travel for long are watched; event streams watch themselves (lib/events/stream-events.ts). */
function guarded(response: Response, request: Request, { permission }: { permission: string }): Response {
  const { body, headers } = response;
  const isLong = Number(headers.get("content-length") ?? Number.POSITIVE_INFINITY) > LONG_BODY;
  if (!body || !isLong || permission === "public" || headers.get("content-type")?.startsWith("text/event-stream"))
    return response;
  const isAllowed = async () => {
    const principal = await principalOf(request.headers).catch(() => "away" as const);
    if (principal === "away") return true; // the database being away for a moment revokes nobody
    return principal !== null && (permission === "signed-in" || may(principal.role, permission as Permission));
  };
  return new Response(guardStream(body, isAllowed), response);
}

async function admit(
  request: Request,
  permission: Definition<unknown, unknown, unknown, never>["permission"],
): Promise<Principal | null> {
  const principal = await principalOf(request.headers);
  const changes = !["GET", "HEAD", "OPTIONS"].includes(request.method);
  const byKey = principal?.via.startsWith("key:") ?? false;
  if (changes && !byKey && !isSameOrigin(request)) throw new AppError("cross_origin");
  if (permission === "public") return principal;
  if (!principal) throw new AppError("not_signed_in");
  if (permission !== "signed-in" && !may(principal.role, permission)) throw new AppError("forbidden");
  return principal;
}

/** A path that fits no row is no row: ids that are no ids answer 404 like foreign ones. */
function checkParams<P>(schema: z.ZodType<P> | undefined, given: unknown): P {
  if (!schema) return given as P;
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new AppError("not_found");
  return parsed.data;
}

function checkQuery<Q>(schema: z.ZodType<Q> | undefined, given: URLSearchParams): Q {
  const values: Record<string, string | string[]> = {};
  for (const name of new Set(given.keys())) {
    const all = given.getAll(name);
    values[name] = all.length > 1 ? all : all[0]!;
  }
  return schema ? check(schema, values, "invalid_parameter") : (values as Q);
}

function check<T>(schema: z.ZodType<T>, given: unknown, code: "invalid_body" | "invalid_parameter"): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const invalidParams: InvalidParam[] = parsed.error.issues.map((issue) => ({
    name: issue.path.join(".") || "body",
    reason: issue.message,
  }));
  throw new AppError(code, code, { invalidParams, facts: { name: invalidParams[0]?.name ?? "" } });
}

/** @throws {AppError} too_large, invalid_body */
export async function readJson(request: Request, mostBytes = BODY_LIMIT): Promise<unknown> {
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > mostBytes) throw new AppError("too_large");
  const text = await request.text();
  if (text.length > mostBytes) throw new AppError("too_large");
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid_body", "body is not JSON", {
      cause,
      invalidParams: [{ name: "body", reason: "is not JSON" }],
      facts: { name: "body" },
    });
  }
}

function localeOf(request: Request): string {
  return request.headers.get("accept-language")?.trim().toLowerCase().startsWith("de") ? "de" : "en";
}

/** A path as the log may show it: words of ours and ids. Vendors' own paths, which are passed on, may end in a file's name. */
function pathOf(request: Request): string {
  const parts = new URL(request.url).pathname.slice(0, 200).split("/");
  return parts.map((part) => (/^([a-z-]{0,30}|\d{1,18}|[0-9a-f-]{36})$/.test(part) ? part : "…")).join("/");
}
