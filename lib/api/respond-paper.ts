import { contentDisposition } from "#lib/scans/safe-file-name.ts";

/** Answers with a PDF that a browser shows in its own window and saves under its name. */
export function respondPaper({ name, bytes }: { name: string; bytes: Buffer }): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": "application/pdf",
      "content-disposition": contentDisposition("inline", name),
      "content-length": String(bytes.length),
      "cache-control": "private, no-store",
    },
  });
}
