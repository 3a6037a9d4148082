import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as it arrived; header names in the case they were sent. */
export type ReceivedRequest = {
  method: string;
  /** Path and query, undecoded. */
  target: string;
  headers: Record<string, string>;
  body: string;
};

export type TestServer = { url: string; host: string; requests: ReceivedRequest[]; close(): Promise<void> };

/** For tests: a local server that keeps what it receives and answers as the test says. */
export async function startTestServer(
  answer: (request: ReceivedRequest, response: ServerResponse, n: number) => void,
): Promise<TestServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const received = await receive(incoming);
    requests.push(received);
    answer(received, response, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${host}`, host, requests, close };
}

export function sendJson(
  response: ServerResponse,
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(value));
}

async function receive(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers: Record<string, string> = {};
  for (let i = 0; i < incoming.rawHeaders.length; i += 2)
    headers[incoming.rawHeaders[i]!] = incoming.rawHeaders[i + 1]!;
  return { method: incoming.method!, target: incoming.url!, headers, body: Buffer.concat(chunks).toString("utf8") };
}
