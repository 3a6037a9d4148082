import type { Picture } from "#lib/groups/open-picture.ts";

/** Answers with a picture; the browser of whoever asked keeps it for an hour, nobody else. */
export function respondPicture({ bytes, type }: Picture): Response {
  return new Response(bytes, {
    headers: {
      "content-type": type,
      "content-length": String(bytes.length),
      "cache-control": "private, max-age=3600",
      "content-security-policy": "default-src 'none'; sandbox",
    },
  });
}
