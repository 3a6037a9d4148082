import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { matchesTag, wantsGzip } from "#lib/api/respond-object.ts";
import type { CasePreview } from "#lib/scans/open-case-preview.ts";

const compress = promisify(gzip);

/**
 * Answers with the joined previews of a case: conditional, gzipped for who asks for `application/gzip` (as `respondObject`).
 * @param isNamed the address names the scans, so that it always gives the same bytes
 */
export async function respondCasePreview(request: Request, preview: CasePreview, isNamed: boolean): Promise<Response> {
  const isGzip = wantsGzip(request);
  const etag = `"${preview.digest}${isGzip ? "-gzip" : ""}"`;
  const headers = new Headers({
    etag,
    "cache-control": isNamed ? "private, max-age=31536000, immutable" : "private, no-cache",
    vary: "accept",
  });
  if (matchesTag(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
  const glb = await preview.join();
  const bytes = new Uint8Array(isGzip ? await compress(glb) : glb);
  headers.set("content-type", isGzip ? "application/gzip" : "model/gltf-binary");
  headers.set("content-length", String(bytes.length));
  return new Response(request.method === "HEAD" ? null : bytes, { headers });
}
