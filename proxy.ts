import { type NextRequest, NextResponse } from "next/server";

/**
 * What a page may load: this origin alone; scripts written into the page only with this request's nonce, which Next puts on its
 * own. No 'strict-dynamic': it would forbid the bundler's workers to import their chunks. `blob:` workers and `wasm-unsafe-eval` are for the scan viewer: mesh workers and meshopt's decoder. Styles may be inline
 * because React, the panels and the canvas set them on elements.
 */
function contentSecurityPolicy(nonce: string, development: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'${development ? " 'unsafe-eval'" : ""}`,
    "worker-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self' blob: data:",
    "object-src 'self'",
    "frame-src 'self' blob:",
    "frame-ancestors 'self'",
    "base-uri 'self'",
    "form-action 'self'",
  ].join("; ");
}

export function proxy(request: NextRequest): NextResponse {
  const policy = contentSecurityPolicy(btoa(crypto.randomUUID()), isDevelopment);
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy); // Next reads the nonce from here
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

// biome-ignore lint/style/noProcessEnv: replaced by the bundler with a constant; no setting of ours
const isDevelopment = process.env.NODE_ENV === "development";

/** Pages only: the API answers data, static files are their own. */
export const config = { matcher: ["/((?!api/|_next/|vendors/|icons/|.*\\.(?:svg|png|ico|webmanifest|txt)$).*)"] };
