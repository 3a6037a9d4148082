import type { Principal } from "#lib/access/principal.ts";
import { defineRoute, readJson } from "#lib/api/define-route.ts";
import { withIncomingFile } from "#lib/api/incoming-file.ts";
import { respond } from "#lib/api/respond.ts";
import { respondVendorFile } from "#lib/api/respond-vendor-file.ts";
import { callVendorEndpoint, prepareVendorCall } from "#lib/connections/call-vendor-endpoint.ts";

const PREFIX = /^\/api\/vendors\/([^/]+)(\/.*)$/;

/** The path is taken from the address as it came: parameters may hold encoded slashes. */
function addressOf(request: Request) {
  const { pathname, searchParams } = new URL(request.url);
  const [, vendor = "", path = ""] = PREFIX.exec(pathname) ?? [];
  return { vendor, path, query: searchParams };
}

async function proxy({ principal, request }: { principal: Principal; request: Request }) {
  const isForm = /^multipart\/form-data\b/i.test(request.headers.get("content-type") ?? "");
  const reply = await withIncomingFile(request, (file) =>
    callVendorEndpoint(principal, {
      ...addressOf(request),
      method: request.method,
      request,
      ...(isForm ? { file } : { body: (mostBytes?: number) => readJson(request, mostBytes) }),
      range: request.headers.get("range"),
    }),
  );
  if ("file" in reply) return respondVendorFile(request, reply.file);
  return reply.status === 204 ? new Response(null, { status: 204 }) : respond(reply.raw, { status: reply.status });
}
const read = defineRoute({ permission: "read", handler: proxy });

export const GET: typeof read = (request, context) => read(prepareVendorCall(request, addressOf(request)), context);
export const POST = defineRoute({ permission: "read", handler: proxy });
export const PUT = defineRoute({ permission: "read", handler: proxy });
export const PATCH = defineRoute({ permission: "read", handler: proxy });
export const DELETE = defineRoute({ permission: "read", handler: proxy });
