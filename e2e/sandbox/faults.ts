import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import type { Reply } from "./exchange.ts";
import { Random } from "./random.ts";
import { replyBytes } from "./write-reply.ts";

/** The ways in which a vendor misbehaves. Kinds that end in "AfterCommit" let the call take effect first. */
export const faultKinds = [
  "status",
  "statusAfterCommit",
  "reset",
  "resetAfterCommit",
  "hang",
  "hangAfterCommit",
  "slow",
  "stall",
  "html",
  "truncate",
  "malformed",
  "corrupt",
  "pad",
  "gzipBomb",
  "delay",
  "edit",
] as const;

export const faultSchema = z.strictObject({
  vendor: z.string().optional(),
  method: z.string().optional(),
  path: z.string().optional(),
  fault: z.strictObject({
    kind: z.enum(faultKinds),
    status: z.int().min(200).max(599).optional(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.string().optional(),
    ms: z.number().min(0).optional(),
    /** For "edit": dotted paths into the JSON answer and what stands there instead; a path that is not there is left alone. */
    set: z.record(z.string(), z.unknown()).optional(),
    /** For "edit": dotted paths that are left out. */
    unset: z.array(z.string()).optional(),
  }),
  count: z.int().min(1).optional(),
  probability: z.number().min(0).max(1).optional(),
  seed: z.int().optional(),
});

export type FaultOrder = z.infer<typeof faultSchema>;
export type Fault = FaultOrder["fault"];

interface ArmedFault extends FaultOrder {
  id: number;
  fired: number;
  random: Random;
  pattern: RegExp | null;
}

/** Armed faults; the first that matches a call fires. Without `count` a fault stays until it is deleted. */
export class FaultBench {
  #armed: ArmedFault[] = [];
  #lastId = 0;

  /** Throws SyntaxError when `path` is not a regular expression. */
  arm(order: FaultOrder): number {
    const id = ++this.#lastId;
    const pattern = order.path === undefined ? null : new RegExp(order.path);
    this.#armed.push({ ...order, id, fired: 0, random: new Random(order.seed ?? id), pattern });
    return id;
  }

  /** `vendor` of an order matches a vendor's name or its beginning: "meditlink" is all three of its servers. */
  pick(vendor: string, method: string, pathAndQuery: string): Fault | null {
    for (const armed of this.#armed) {
      if (armed.count !== undefined && armed.fired >= armed.count) continue;
      if (armed.vendor !== undefined && vendor !== armed.vendor && !vendor.startsWith(`${armed.vendor}-`)) continue;
      if (armed.method !== undefined && armed.method.toUpperCase() !== method) continue;
      if (armed.pattern !== null && !armed.pattern.test(pathAndQuery)) continue;
      if (armed.probability !== undefined && !armed.random.chance(armed.probability)) continue;
      armed.fired++;
      return armed.fault;
    }
    return null;
  }

  list(): (FaultOrder & { id: number; fired: number })[] {
    return this.#armed.map(({ random: _random, pattern: _pattern, ...order }) => order);
  }

  /** Disarms one fault, or all when no id is given; tells how many went. */
  disarm(id?: number): number {
    const before = this.#armed.length;
    this.#armed = id === undefined ? [] : this.#armed.filter((armed) => armed.id !== id);
    return before - this.#armed.length;
  }
}

const INSTEAD = new Set<Fault["kind"]>(["status", "reset", "hang", "html", "gzipBomb"]);

/** True when the fault answers instead of the vendor, so that the call has no effect. */
export function answersInstead(fault: Fault): boolean {
  return INSTEAD.has(fault.kind);
}

/**
 * Carries out a fault. `reply` is the vendor's true answer, or null when the fault answers instead.
 * Resolves with the status that goes into the record of calls (0: no answer).
 */
export async function carryOut(
  fault: Fault,
  reply: Reply | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<number> {
  switch (fault.kind) {
    case "reset":
    case "resetAfterCommit":
      request.socket.resetAndDestroy();
      return 0;
    case "hang":
    case "hangAfterCommit":
      await waitOrClose(fault.ms ?? 3_600_000, response);
      request.socket.destroy();
      return 0;
    case "status":
    case "statusAfterCommit":
      return end(
        response,
        fault.status ?? 503,
        fault.headers ?? {},
        Buffer.from(fault.body ?? statusBody(fault, request)),
      );
    case "html":
      return end(
        response,
        fault.status ?? 200,
        { "content-type": "text/html; charset=utf-8", ...fault.headers },
        Buffer.from(fault.body ?? SIGN_IN_WALL),
      );
    case "gzipBomb":
      return end(
        response,
        200,
        { "content-type": "application/json", "content-encoding": "gzip", ...fault.headers },
        gzipBomb(),
      );
    default:
      return reply === null ? 0 : damage(fault, reply, response);
  }
}

async function damage(fault: Fault, reply: Reply, response: ServerResponse): Promise<number> {
  const bytes = await replyBytes(reply);
  const headers = { ...reply.headers, ...fault.headers };
  switch (fault.kind) {
    case "delay":
      await waitOrClose(fault.ms ?? 1_000, response);
      return end(response, reply.status, headers, bytes);
    case "truncate":
      response.writeHead(reply.status, { ...headers, "content-length": String(bytes.length) });
      await write(response, bytes.subarray(0, Math.floor(bytes.length / 2)));
      response.destroy();
      return reply.status;
    case "stall":
      response.writeHead(reply.status, { ...headers, "content-length": String(bytes.length) });
      await write(response, bytes.subarray(0, Math.floor(bytes.length / 2)));
      await waitOrClose(fault.ms ?? 3_600_000, response);
      response.destroy();
      return reply.status;
    case "malformed":
      return end(response, reply.status, headers, Buffer.from(fault.body ?? malformed(bytes)));
    case "edit":
      return end(response, fault.status ?? reply.status, headers, edited(bytes, fault));
    case "corrupt":
      return end(response, reply.status, headers, withFlippedBit(bytes));
    case "pad":
      return end(response, reply.status, headers, Buffer.concat([bytes, Buffer.alloc(64, 0x2e)]));
    case "slow":
      return trickle(fault.ms ?? 1_000, reply.status, headers, bytes, response);
    default:
      return end(response, reply.status, headers, bytes);
  }
}

function end(response: ServerResponse, status: number, headers: Record<string, string>, bytes: Buffer): number {
  response.writeHead(status, { ...headers, "content-length": String(bytes.length) });
  response.end(bytes);
  return status;
}

function statusBody(fault: Fault, request: IncomingMessage): string {
  return JSON.stringify({
    timestamp: new Date().toISOString(),
    status: fault.status ?? 503,
    error: "sandbox_fault",
    message: "This answer was armed through the sandbox's control port",
    path: request.url?.split("?")[0] ?? "/",
  });
}

/** Head and body one byte per `ms`, straight onto the socket: the slow-loris of a vendor. */
async function trickle(
  ms: number,
  status: number,
  headers: Record<string, string>,
  bytes: Buffer,
  response: ServerResponse,
): Promise<number> {
  const lines = Object.entries({ ...headers, "content-length": String(bytes.length), connection: "close" });
  const head = `HTTP/1.1 ${status} Slow\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
  const socket = response.socket;
  if (socket === null) return 0;
  for (const byte of Buffer.concat([Buffer.from(head), bytes])) {
    if (socket.destroyed) return status;
    socket.write(Buffer.from([byte]));
    await waitOrClose(ms, response);
  }
  socket.end();
  return status;
}

function write(response: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    response.once("close", resolve);
    response.write(bytes, () => resolve());
  });
}

function waitOrClose(ms: number, response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve();
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      response.off("close", done);
      resolve();
    }
    response.once("close", done);
  });
}

function malformed(bytes: Buffer): Buffer {
  const cut = bytes.subarray(0, Math.max(1, Math.floor(bytes.length * 0.7)));
  return Buffer.concat([Buffer.from("\ufeff"), cut]);
}

/** The answer with some of its fields changed; one that is no JSON object as it is. */
function edited(bytes: Buffer, { set = {}, unset = [] }: Fault): Buffer {
  if (bytes.length === 0) return bytes;
  const answer = JSON.parse(bytes.toString("utf8")) as Record<string, unknown>;
  const place = (path: string) => {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    const holder = keys.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], answer);
    return holder !== null && typeof holder === "object" ? { holder: holder as Record<string, unknown>, last } : null;
  };
  for (const [path, value] of Object.entries(set)) {
    const at = place(path);
    if (at) at.holder[at.last] = value;
  }
  for (const path of unset) {
    const at = place(path);
    if (at) delete at.holder[at.last];
  }
  return Buffer.from(JSON.stringify(answer));
}

/** 512 MB of spaces in half a megabyte: one packed member, repeated (gzip members may follow one another). */
function gzipBomb(): Buffer {
  const member = gzipSync(Buffer.alloc(16 * 1024 * 1024, 0x20));
  return Buffer.concat(Array.from({ length: 32 }, () => member));
}

function withFlippedBit(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const at = Math.floor(copy.length / 2);
  if (copy.length > 0) copy[at] = (copy[at] ?? 0) ^ 0x10;
  return copy;
}

const SIGN_IN_WALL = `<!doctype html><html><head><title>Sign in to the network</title></head>
<body><h1>Welcome to Guest-WiFi</h1><script>document.title = "owned"</script></body></html>`;
