/** One part of a multipart form: its head is read, its body arrives as it is asked for. */
export type FormPart = {
  name: string;
  /** Null for a field that is no file. */
  fileName: string | null;
  type: string;
  /** Must be read to its end before the next part is asked for. */
  body: AsyncIterable<Buffer>;
};

/** A form that does not keep to RFC 7578, or that ends before its time. */
export class UnreadableForm extends Error {
  override name = "UnreadableForm";
}

const MOST_PARTS = 50;
/** The largest head of a part, bytes. */
const HEAD_BYTES = 8 * 1024;
const LINE_END = Buffer.from("\r\n");
const HEAD_END = Buffer.from("\r\n\r\n");

/**
 * The parts of a multipart form (RFC 7578) one after another, while they arrive: no more than a piece of a file is held in memory.
 * @throws {UnreadableForm} and whatever the bytes fail with
 */
export async function* readMultipart(bytes: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<FormPart> {
  const source = new Source(bytes);
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  source.prepend(LINE_END);
  await drained(source.upTo(delimiter));
  for (let count = 0; count < MOST_PARTS; count++) {
    if ((await source.take(2)).toString("latin1") === "--") return;
    const head = await collected(source.upTo(HEAD_END), HEAD_BYTES);
    const body = source.upTo(delimiter);
    yield { ...readHead(head.toString("utf8")), body };
    await drained(body);
  }
  throw new UnreadableForm("too many parts");
}

function readHead(head: string): Omit<FormPart, "body"> {
  const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head)?.[1] ?? "";
  const name = quoted(disposition, "name");
  if (name === null) throw new UnreadableForm("a part without a name");
  const type = /^content-type:\s*(.+?)\s*$/im.exec(head)?.[1] ?? "";
  return { name, fileName: quoted(disposition, "filename"), type };
}

/** Browsers write a quote inside a name as %22. */
function quoted(disposition: string, parameter: string): string | null {
  const found = new RegExp(`(?:^|;)\\s*${parameter}="([^"]*)"`, "i").exec(disposition)?.[1];
  return found === undefined ? null : found.replace(/%22/g, '"').replace(/%0D|%0A/gi, "");
}

/** Bytes that are taken piece by piece, up to marks in them. */
class Source {
  readonly #bytes: AsyncIterator<Uint8Array>;
  #held: Buffer = Buffer.alloc(0);

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#bytes = bytes[Symbol.asyncIterator]();
  }

  prepend(bytes: Buffer): void {
    this.#held = Buffer.concat([bytes, this.#held]);
  }

  async take(length: number): Promise<Buffer> {
    while (this.#held.length < length) await this.#read();
    return this.#cut(length);
  }

  /** What comes before the mark; the mark is taken with it. */
  async *upTo(mark: Buffer): AsyncGenerator<Buffer> {
    for (;;) {
      const at = this.#held.indexOf(mark);
      // The end of what is held may be the beginning of the mark.
      const sure = at >= 0 ? at : Math.max(0, this.#held.length - mark.length + 1);
      if (sure > 0) yield this.#cut(sure);
      if (at >= 0) return void this.#cut(mark.length);
      await this.#read();
    }
  }

  #cut(length: number): Buffer {
    const taken = this.#held.subarray(0, length);
    this.#held = this.#held.subarray(length);
    return taken;
  }

  async #read(): Promise<void> {
    const { done, value } = await this.#bytes.next();
    if (done) throw new UnreadableForm("the form ends too early");
    const { buffer, byteOffset, byteLength } = value;
    this.#held = Buffer.concat([this.#held, Buffer.from(buffer, byteOffset, byteLength)]);
  }
}

async function collected(pieces: AsyncIterable<Buffer>, mostBytes: number): Promise<Buffer> {
  const all: Buffer[] = [];
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > mostBytes) throw new UnreadableForm("a head without end");
    all.push(piece);
  }
  return Buffer.concat(all);
}

async function drained(pieces: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of pieces);
}
