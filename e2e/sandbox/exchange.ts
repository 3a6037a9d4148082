import type { IncomingMessage } from "node:http";

export type VendorName =
  | "meditlink-auth"
  | "meditlink-api"
  | "meditlink-storage"
  | "cadmus-api"
  | "cadmus-storage"
  | "open-dental-api"
  | "medisync-api";

/** One request being answered, and what was found wrong with it. */
export interface Exchange {
  vendor: VendorName | "control";
  request: IncomingMessage;
  method: string;
  url: URL;
  headers: IncomingMessage["headers"];
  /** One sentence per way in which the request departs from the vendor's documents. */
  violations: string[];
  /** Reads the whole body once; throws `BodyTooLarge` beyond the limit. */
  body(limit?: number): Promise<Buffer>;
}

/** What a handler answers; nothing is written before the faults have had their say. */
export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
  /** A file (or a range of it) as the body; `end` is included. */
  file?: { path: string; start: number; end: number };
}

export type Handler = (exchange: Exchange) => Promise<Reply> | Reply;

export class BodyTooLarge extends Error {}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { "content-type": "application/json;charset=UTF-8", ...headers },
    body: JSON.stringify(value),
  };
}

export function html(status: number, page: string, headers: Record<string, string> = {}): Reply {
  return { status, headers: { "content-type": "text/html; charset=utf-8", ...headers }, body: page };
}

export function readBody(request: IncomingMessage): (limit?: number) => Promise<Buffer> {
  let reading: Promise<Buffer> | undefined;
  return (limit = 2 * 1024 * 1024) => {
    reading ??= collect(request, limit);
    return reading;
  };
}

async function collect(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new BodyTooLarge(`The body is larger than ${limit} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const SECRET_PARAMETER = /token|secret|password|^code$|code_verifier|signature|credential|assertion/i;

/** Path and query for the record of calls, with the values of secrets replaced. */
export function redactedPath(url: URL): string {
  if ([...url.searchParams.keys()].some((key) => /-signature$/i.test(key))) return `${url.pathname}?signed`;
  if (url.search === "") return url.pathname;
  const pairs = [...url.searchParams].map(([key, value]) =>
    SECRET_PARAMETER.test(key) ? `${key}=***` : `${key}=${encodeURIComponent(value)}`,
  );
  return `${url.pathname}?${pairs.join("&")}`;
}
