/** A redirect after which nothing remembers the address left: it may hold a one-use code. */
export function redirectTo(location: string): Response {
  return new Response(null, {
    status: 302,
    headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" },
  });
}
