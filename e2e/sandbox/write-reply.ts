import { createReadStream } from "node:fs";
import type { ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Reply } from "./exchange.ts";

/** Writes a handler's answer. A caller that hangs up mid-file is its own affair. */
export async function writeReply(reply: Reply, response: ServerResponse, isHead: boolean): Promise<void> {
  if (reply.file === undefined) {
    const bytes = Buffer.from(reply.body ?? "");
    const length: Record<string, string> =
      reply.status === 204 || reply.status === 304 ? {} : { "content-length": String(bytes.length) };
    response.writeHead(reply.status, { ...length, ...reply.headers });
    response.end(isHead ? undefined : bytes);
    return;
  }
  const { path, start, end } = reply.file;
  response.writeHead(reply.status, { "content-length": String(end - start + 1), ...reply.headers });
  if (isHead || end < start) {
    response.end();
    return;
  }
  await pipeline(createReadStream(path, { start, end }), response).catch(() => response.destroy());
}

/** The whole body in memory, for faults that damage it. */
export async function replyBytes(reply: Reply): Promise<Buffer> {
  if (reply.file === undefined) return Buffer.from(reply.body ?? "");
  const { path, start, end } = reply.file;
  if (end < start) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { start, end })) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
