/** A JSON answer that no cache keeps. */
export function respond(value: unknown, options: { status?: number; headers?: Record<string, string> } = {}): Response {
  return Response.json(value, {
    status: options.status ?? 200,
    headers: { "cache-control": "private, no-store", ...options.headers },
  });
}
