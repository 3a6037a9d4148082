import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { CallLog } from "./call-log.ts";
import { BodyTooLarge, type Exchange, type Handler, json, type Reply, readBody, redactedPath } from "./exchange.ts";
import { answersInstead, carryOut, type FaultBench } from "./faults.ts";
import { writeReply } from "./write-reply.ts";

export interface VendorServer {
  url: string;
  close(): Promise<void>;
}

/** What every server of the sandbox shares: the record of calls and the armed faults. */
export interface Surroundings {
  calls: CallLog;
  faults: FaultBench;
  now(): number;
}

/**
 * Starts one HTTP server on 127.0.0.1. Every vendor call is recorded and may meet an armed fault; calls to the
 * control port are neither.
 */
export async function startVendorServer(
  vendor: Exchange["vendor"],
  port: number,
  handler: Handler,
  surroundings: Surroundings,
): Promise<VendorServer> {
  const server = createServer({ keepAliveTimeout: 5_000 }, (request, response) => {
    answer(vendor, request, response, handler, surroundings).catch((error: unknown) => {
      console.error(`sandbox ${vendor}: ${request.method} failed`, error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await listen(server, port);
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

async function answer(
  vendor: Exchange["vendor"],
  request: IncomingMessage,
  response: ServerResponse,
  handler: Handler,
  surroundings: Surroundings,
): Promise<void> {
  const { calls, faults } = surroundings;
  const startedAt = performance.now();
  const method = request.method ?? "GET";
  const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`);
  const exchange: Exchange = {
    vendor,
    request,
    method,
    url,
    headers: request.headers,
    violations: [],
    body: readBody(request),
  };
  const fault = vendor === "control" ? null : faults.pick(vendor, method, `${url.pathname}${url.search}`);

  // The record exists before the answer is on its way, so whoever has an answer finds its record.
  const record = (status: number) =>
    vendor === "control"
      ? null
      : calls.add({
          at: new Date(surroundings.now()).toISOString(),
          vendor,
          method,
          path: redactedPath(url),
          status,
          ms: Math.round(performance.now() - startedAt),
          ...(fault === null ? {} : { fault: fault.kind }),
          violations: exchange.violations,
        });
  try {
    if (fault !== null) {
      const reply = answersInstead(fault) ? null : await handle(handler, exchange);
      const call = record(fault.status ?? reply?.status ?? 0);
      const status = await carryOut(fault, reply, request, response);
      if (call !== null) call.status = status;
    } else {
      const reply = await handle(handler, exchange);
      record(reply.status);
      await writeReply(reply, response, method === "HEAD");
    }
  } finally {
    request.resume();
  }
}

async function handle(handler: Handler, exchange: Exchange): Promise<Reply> {
  try {
    return await handler(exchange);
  } catch (error) {
    if (error instanceof BodyTooLarge) {
      exchange.violations.push(error.message);
      return json(413, { status: 413, error: "Payload Too Large", message: error.message });
    }
    throw error;
  }
}
