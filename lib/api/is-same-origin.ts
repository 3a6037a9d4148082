import { env } from "#lib/env.ts";

/**
 * True when a changing request comes from our own pages. Browsers send Origin with every such request and Sec-Fetch-Site
 * since 2020-2023; a client that sends neither is no browser and holds no cookie it was not given.
 */
export function isSameOrigin(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") return false;
  const origin = request.headers.get("origin");
  if (origin === null) return true;
  if (origin === env().PORTAL_URL) return true;
  try {
    return new URL(origin).host === request.headers.get("host");
  } catch {
    return false; // "null" and other opaque origins
  }
}
