import type { ApiOperation } from "./read-document.ts";

export type TryInput = { values: Record<string, string>; body: string };

export type TryAnswer = {
  status: number;
  ms: number;
  media: string;
  /** Bytes of the body, as far as it was read. */
  bytes: number;
  /** Null for what is no text. */
  text: string | null;
  isCut: boolean;
};

/** A stream of events never ends by itself: so long is listened, ms. */
const LISTEN_MS = 5_000;
/** More than this is not shown, in characters. */
const MOST_SHOWN = 200_000;

/** The address of an operation with these values; lists are comma-separated. */
export function addressOf(operation: ApiOperation, values: Record<string, string>): string {
  const query = new URLSearchParams();
  let path = operation.path;
  for (const { name, in: place } of operation.parameters) {
    const value = values[`${place}:${name}`] ?? "";
    if (place === "path") path = path.replace(`{${name}}`, encodeURIComponent(value));
    else if (value !== "") query.set(name, value);
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

/** Sends it as the signed-in member, the way any client would. Throws only when the portal cannot be reached. */
export async function sendRequest(operation: ApiOperation, { values, body }: TryInput): Promise<TryAnswer> {
  const began = performance.now();
  const stop = new AbortController();
  const isEndless = operation.answers.some(({ media }) => media === "text/event-stream");
  const response = await fetch(addressOf(operation, values), {
    method: operation.method,
    headers: operation.body ? { "Content-Type": "application/json" } : {},
    body: operation.body ? body : undefined,
    redirect: "manual", // a consent page is the vendor's: it is told, not visited
    signal: stop.signal,
  });
  const media = (response.headers.get("content-type") ?? "").split(";")[0]!.trim();
  if (isEndless) setTimeout(() => stop.abort(), LISTEN_MS);
  const read = await readBody(response, isEndless);
  const isText = media === "" || media.startsWith("text/") || media.endsWith("json");
  const text = isText ? pretty(new TextDecoder().decode(read), media) : null;
  return {
    status: response.status,
    ms: Math.round(performance.now() - began),
    media,
    bytes: read.byteLength,
    text: text?.slice(0, MOST_SHOWN) ?? null,
    isCut: (text?.length ?? 0) > MOST_SHOWN,
  };
}

async function readBody(response: Response, isEndless: boolean): Promise<ArrayBuffer> {
  if (!isEndless) return response.arrayBuffer();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const reader = response.body?.getReader();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) parts.push(part.value);
  } catch {
    // Enough was heard.
  }
  return new Blob(parts).arrayBuffer();
}

function pretty(text: string, media: string): string {
  if (!media.endsWith("json")) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The same call for a shell, with an API key. */
export function curlOf(operation: ApiOperation, { values, body }: TryInput, origin: string): string {
  const lines = [`curl -X ${operation.method} '${origin}${addressOf(operation, values)}'`];
  lines.push("-H 'Authorization: Bearer cbk_…'");
  if (operation.body) lines.push("-H 'Content-Type: application/json'", `-d '${body.replaceAll("'", "'\\''")}'`);
  return lines.join(" \\\n  ");
}
