/** Levels of nesting taken (F15); the deepest documented answer has six. */
export const DEPTH_LIMIT = 64;

/** Text that is no JSON we take. The message never quotes it. */
export class UnreadableJson extends Error {
  override name = "UnreadableJson";
}

/**
 * Parses a vendor's JSON: a byte order mark is skipped, nesting is bounded before anything is built, `__proto__` keys are left
 * out, and text that a database cannot hold (NUL, half of a surrogate pair) is put right.
 *
 * @throws {UnreadableJson}
 */
export function parseJsonSafely(bytes: Uint8Array): unknown {
  const text = toText(bytes);
  if (deeperThan(text, DEPTH_LIMIT)) throw new UnreadableJson(`nested deeper than ${DEPTH_LIMIT} levels`);
  try {
    return SUSPECT.test(text) ? JSON.parse(text, clean) : JSON.parse(text);
  } catch {
    throw new UnreadableJson("not JSON");
  }
}

/** UTF-8, as JSON must be; what is none is UTF-16 when it says so, else the alphabet of the west: a name is not lost to its umlaut. */
function toText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const [first, second] = bytes;
    if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
    if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Only text with these pays for a reviver: an escape of a control character, a surrogate or an underscore, or the key itself. */
const SUSPECT = /__proto__|\\u(?:00|d[89a-f])/i;

function clean(this: unknown, key: string, value: unknown): unknown {
  if (key === "__proto__") return undefined;
  return typeof value === "string" ? value.toWellFormed().replaceAll("\0", "") : value;
}

/** Counts brackets outside of strings; quotes are found with indexOf, so a long string costs little. */
function deeperThan(text: string, limit: number): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) i = endOfString(text, i);
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > limit) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}

function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}
