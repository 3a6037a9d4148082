import { z } from "zod";
import type { Principal } from "#lib/access/principal.ts";
import { defineRoute } from "#lib/api/define-route.ts";
import { respond } from "#lib/api/respond.ts";
import { callVendorEndpoint } from "#lib/connections/call-vendor-endpoint.ts";

const PREFIX = /^\/api\/vendors\/([^/]+)(\/.*)$/;

/** The path is taken from the address as it came: parameters may hold encoded slashes. */
async function proxy({ principal, request, body }: { principal: Principal; request: Request; body?: unknown }) {
  const { pathname, searchParams } = new URL(request.url);
  const [, vendor = "", path = ""] = PREFIX.exec(pathname) ?? [];
  const call = { vendor, method: request.method, path, query: searchParams, body };
  const { status, raw } = await callVendorEndpoint(principal, call);
  return status === 204 ? new Response(null, { status }) : respond(raw, { status });
}

export const GET = defineRoute({ permission: "read", handler: proxy });
export const POST = defineRoute({ permission: "read", body: z.unknown(), handler: proxy });
export const PUT = defineRoute({ permission: "read", body: z.unknown(), handler: proxy });
export const PATCH = defineRoute({ permission: "read", handler: proxy });
export const DELETE = defineRoute({ permission: "read", handler: proxy });
