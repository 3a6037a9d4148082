import type { Exchange, Reply } from "./exchange.ts";

/** An XML error as object storages answer it. */
export function storageProblem(
  status: number,
  code: string,
  message: string,
  more: Record<string, string> = {},
): Reply {
  const fields = Object.entries({ Code: code, Message: message, ...more, RequestId: "SANDBOX0000", HostId: "sandbox" });
  const xml = fields
    .map(([name, value]) => `<${name}>${value.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</${name}>`)
    .join("");
  return {
    status,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${xml}</Error>`,
  };
}

const EXPECTED_HEADERS = new Set(
  (
    "host connection keep-alive user-agent accept accept-encoding accept-language range if-range if-match if-none-match " +
    "if-modified-since if-unmodified-since cache-control pragma content-length content-type content-md5 expect origin referer"
  ).split(" "),
);

/** A signed URL is fetched bare: the vendor's own headers, cookies and tokens must never reach the storage. */
export function unexpectedHeaders({ headers, violations }: Exchange): Reply | null {
  const unexpected = Object.keys(headers).filter((name) => !EXPECTED_HEADERS.has(name) && !name.startsWith("sec-"));
  if (unexpected.length === 0) return null;
  for (const name of unexpected) violations.push(`The header ${name} was sent to the storage along with a signed URL`);
  return storageProblem(400, "InvalidArgument", "Only one auth mechanism allowed; unexpected request header", {
    ArgumentName: unexpected.join(", "),
  });
}

/** Answers a GET of a stored object: conditions and one byte range, with a strong ETag. */
export function objectReply(
  { headers }: Exchange,
  object: { path: string; size: number; etag: string; contentType: string },
): Reply {
  const etag = `"${object.etag}"`;
  const common = { etag, "accept-ranges": "bytes", "content-type": object.contentType, "last-modified": LAST_MODIFIED };
  const ifMatch = headers["if-match"];
  if (ifMatch !== undefined && ifMatch !== "*" && !ifMatch.includes(etag)) {
    return storageProblem(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
  }
  if (headers["if-none-match"]?.includes(etag)) return { status: 304, headers: common };
  const isRangeValid = headers["if-range"] === undefined || headers["if-range"] === etag;
  const range = isRangeValid ? byteRange(headers.range, object.size) : null;
  if (range === "unsatisfiable") {
    return {
      ...storageProblem(416, "InvalidRange", "The requested range is not satisfiable"),
      headers: { "content-range": `bytes */${object.size}` },
    };
  }
  if (range === null)
    return { status: 200, headers: common, file: { path: object.path, start: 0, end: object.size - 1 } };
  return {
    status: 206,
    headers: { ...common, "content-range": `bytes ${range.start}-${range.end}/${object.size}` },
    file: { path: object.path, ...range },
  };
}

const LAST_MODIFIED = "Thu, 01 Jan 2026 00:00:00 GMT";

function byteRange(header: string | undefined, size: number): { start: number; end: number } | "unsatisfiable" | null {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return null;
  if (first === "")
    return Number(last) === 0 ? "unsatisfiable" : { start: Math.max(0, size - Number(last)), end: size - 1 };
  if (Number(first) >= size) return "unsatisfiable";
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  return end < Number(first) ? null : { start: Number(first), end };
}
