import { type AddressInfo, createServer, type Socket } from "node:net";
import { createInterface } from "node:readline";

export type ReceivedMail = {
  from: string;
  to: string[] /** As it came over the line: headers, an empty line, the body. */;
  raw: string;
};

/** A mail server that takes what it is sent (RFC 5321, no more than a client says without extensions) and remembers it. */
export class MailServer {
  readonly mails: ReceivedMail[] = [];
  /** Recipients it does not know. */
  readonly refused = new Set<string>();
  readonly #server = createServer((socket) => void this.#talk(socket));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `smtp://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #talk(socket: Socket): Promise<void> {
    const say = (line: string) => socket.write(`${line}\r\n`);
    let mail: ReceivedMail = { from: "", to: [], raw: "" };
    let body: string[] | null = null;
    say("220 mail.example ready");
    for await (const line of createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (body) {
        if (line !== ".") {
          body.push(line.replace(/^\./, ""));
          continue;
        }
        this.mails.push({ ...mail, raw: body.join("\r\n") });
        [body, mail] = [null, { from: "", to: [], raw: "" }];
        say("250 taken");
        continue;
      }
      const address = /<(.*)>/.exec(line)?.[1] ?? "";
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === "DATA") {
        body = [];
        say("354 go on");
      } else if (verb === "QUIT") {
        say("221 bye");
        socket.end();
      } else if (verb === "RCPT" && this.refused.has(address)) say("550 nobody of that name");
      else {
        if (verb === "MAIL") mail.from = address;
        if (verb === "RCPT") mail.to.push(address);
        say("250 ok");
      }
    }
  }
}
