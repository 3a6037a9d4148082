import { Problem } from "#components/api/problem.ts";

type Options = {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as multipart; instead of `body`. */
  form?: FormData;
  idempotencyKey?: string;
  /** The request goes on when the page is left; at most 64 KB (Fetch Standard, keepalive). */
  keepalive?: boolean;
  signal?: AbortSignal;
};

/**
 * The one way the browser talks to the API. Answers are trusted to have the shape of the shared schemas: the same server
 * checked them on the way out.
 * @param path below the origin, e.g. `/api/orders/…`
 * @throws {Problem}
 */
export async function fetchApi<T>(path: string, options: Options = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  if (options.idempotencyKey) headers["Idempotency-Key"] = options.idempotencyKey;
  const response = await fetch(path, {
    method: options.method ?? "GET",
    headers,
    body: options.form ?? (options.body === undefined ? undefined : JSON.stringify(options.body)),
    keepalive: options.keepalive,
    signal: options.signal,
  }).catch((cause: unknown) => {
    if (options.signal?.aborted) throw cause;
    throw new Problem({ code: "offline", status: 0 });
  });
  if (!response.ok) throw await problemOf(response);
  const text = await response.text(); // 202 and 204 may have no body
  return (text ? JSON.parse(text) : undefined) as T;
}

async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => null)) as {
    code?: unknown;
    requestId?: unknown;
    invalidParams?: Problem["invalidParams"];
  } | null;
  return new Problem({
    code: typeof body?.code === "string" ? body.code : "internal",
    status: response.status,
    requestId: typeof body?.requestId === "string" ? body.requestId : null,
    invalidParams: Array.isArray(body?.invalidParams) ? body.invalidParams : [],
  });
}
