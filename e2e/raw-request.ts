import { Agent, type ClientRequest, type IncomingMessage, request } from "node:http";

/** A request as it goes over the wire: what no browser sends, too. `target` is what stands behind the method, percent-encoded or not. */
export type RawRequest = { method: string; target: string; headers: Record<string, string>; body?: string };

/** `text` is everything the other side wrote: the head's values and the body; of an event stream the head alone. */
export type RawAnswer = { status: number; headers: IncomingMessage["headers"]; text: string };

const agent = new Agent({ keepAlive: true, maxSockets: 12 });
const PATIENCE_MS = 60_000;

/** @param port of this machine @throws when the other side hangs up or says nothing for a minute */
export function sendRaw(port: number, { method, target, headers, body }: RawRequest): Promise<RawAnswer> {
  return new Promise((settle, fail) => {
    const asked: ClientRequest = request(
      { host: "127.0.0.1", port, method, path: target, agent, timeout: PATIENCE_MS },
      (answer) => {
        const chunks: Buffer[] = [];
        const done = () => {
          const text = `${answer.rawHeaders.join("\n")}\n\n${Buffer.concat(chunks).toString("utf8")}`;
          settle({ status: answer.statusCode ?? 0, headers: answer.headers, text });
        };
        if (answer.headers["content-type"]?.startsWith("text/event-stream")) {
          answer.destroy();
          return done();
        }
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("end", done);
        answer.on("error", fail);
      },
    );
    for (const [name, value] of Object.entries(headers)) asked.setHeader(name, value);
    asked.on("upgrade", (answer, socket) => {
      socket.destroy();
      settle({ status: answer.statusCode ?? 101, headers: answer.headers, text: answer.rawHeaders.join("\n") });
    });
    asked.on("timeout", () => asked.destroy(new Error(`${method} ${target}: no answer`)));
    asked.on("error", fail);
    asked.end(body);
  });
}
