import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { runSevenZip } from "./run-seven-zip.ts";
import { ScanError } from "./scan-error.ts";

/** A regular file in an archive. */
export interface ArchiveEntry {
  /** As stored; may have folders, separated by `/`. */
  name: string;
  bytes: number;
}

/** What an archive may ask of us before a byte of it is unpacked. */
export interface ArchiveLimits {
  entries: number;
  /** Of all entries together, unpacked. */
  bytes: number;
  /** Unpacked bytes per packed byte. A scan's text packs 5 : 1, zeros 6,800 : 1. */
  ratio: number;
  /** The dictionary is memory that unpacking takes. */
  dictionaryBytes: number;
}

const MEBIBYTE = 1024 * 1024;

export const DEFAULT_ARCHIVE_LIMITS: ArchiveLimits = {
  entries: 64,
  bytes: 2048 * MEBIBYTE,
  ratio: 200,
  dictionaryBytes: 64 * MEBIBYTE,
};

/** A listing of 64 entries with names of 4 KB fits; one of a million empty entries is cut off here. */
const LONGEST_LISTING_BYTES = MEBIBYTE;

/**
 * The entries of a 7z archive (no other format is tried), if all of it is what a vendor would send.
 * @throws ScanError `archive_unreadable`, `archive_refused`, `too_large`, `timed_out`, `cancelled`, `converter_failed`
 */
export async function listArchive(
  archivePath: string,
  { limits = DEFAULT_ARCHIVE_LIMITS, signal }: { limits?: ArchiveLimits; signal?: AbortSignal } = {},
): Promise<ArchiveEntry[]> {
  const packed = (await stat(archivePath)).size;
  // -p-: no password, and no question for one. -sccUTF-8: names in UTF-8 whatever the locale.
  const args = ["l", "-slt", "-t7z", "-p-", "-sccUTF-8", "--", archivePath];
  const text = await runSevenZip(args, readListing, { signal });
  const records = parseListing(text);
  if (records.length > limits.entries) throw refused(`It has ${records.length} entries.`);
  const entries = records.map((record) => checkRecord(record, limits));
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > limits.bytes) throw new ScanError("too_large", `The archive would unpack to ${total} bytes.`);
  if (total > packed * limits.ratio) throw refused(`It would unpack to ${Math.round(total / packed)} times its size.`);
  if (new Set(entries.map(({ name }) => name)).size !== entries.length) throw refused("Two entries have one name.");
  return entries;
}

function refused(reason: string): ScanError {
  return new ScanError("archive_refused", `The archive is not accepted. ${reason}`);
}

async function readListing(output: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of output as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_LISTING_BYTES) throw refused("Its list of entries is endless.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

type ListingRecord = Map<string, string>;

/** `Name = value` lines behind a line of dashes, a blank line after each entry. 7-Zip prints no line end inside a name. */
function parseListing(text: string): ListingRecord[] {
  const lines = text.split(/\r?\n/);
  const start = lines.indexOf("----------");
  if (start < 0) return [];
  const records: ListingRecord[] = [];
  for (const line of lines.slice(start + 1)) {
    const separator = line.indexOf(" = ");
    const [key, value] = separator < 0 ? [line, ""] : [line.slice(0, separator), line.slice(separator + 3)];
    if (key === "Path") records.push(new Map());
    if (key !== "") records.at(-1)?.set(key.replace(/ =$/, ""), value);
  }
  return records;
}

function checkRecord(record: ListingRecord, limits: ArchiveLimits): ArchiveEntry {
  const name = record.get("Path") ?? "";
  const bytes = Number(record.get("Size"));
  if (!isRegularFile(record)) throw refused("It holds something other than regular files.");
  if (record.get("Encrypted") === "+") throw refused("It is encrypted.");
  if (!isPlainName(name)) throw refused("It has a name that leaves its folder or cannot be a file's name.");
  if (!Number.isSafeInteger(bytes) || bytes < 0) throw refused("An entry has no size.");
  if (memoryOf(record.get("Method") ?? "") > limits.dictionaryBytes) throw refused("Its dictionary is too large.");
  return { name, bytes };
}

/**
 * Attributes are letters in Windows' manner (D folder, L link) and, from Unix, a mode such as `-rw-r--r--`, whose first
 * letter is the kind of file.
 */
function isRegularFile(record: ListingRecord): boolean {
  const [flags, mode] = splitAttributes(record.get("Attributes") ?? "");
  const isSpecial = ["Folder", "Anti", "Alternate Stream"].some((key) => record.get(key) === "+");
  const isLink = ["Symbolic Link", "Hard Link"].some((key) => record.get(key));
  return !isSpecial && !isLink && !/[DL]/.test(flags) && (mode === "" || mode.startsWith("-"));
}

function splitAttributes(attributes: string): [flags: string, mode: string] {
  const words = attributes.split(" ");
  const last = words.at(-1) ?? "";
  return /^[-dlbcps][-rwxsStT]{9}$/.test(last) ? [words.slice(0, -1).join(""), last] : [words.join(""), ""];
}

/** Names we never use as paths, but a vendor does not send such ones either. */
function isPlainName(name: string): boolean {
  if (name === "" || name.length > 1024 || /^[/\\]|^[A-Za-z]:|\\/.test(name)) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/.test(name)) return false;
  return name.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

const UNITS: Record<string, number> = { b: 1, k: 1024, m: MEBIBYTE, g: 1024 * MEBIBYTE };

/**
 * The most memory that a chain of methods asks for, such as `BCJ LZMA2:24m` (24 MiB), `LZMA:26` (2^26 bytes) or
 * `PPMD:o6:mem27`.
 */
function memoryOf(methods: string): number {
  const sizes = methods.split(" ").map((method) => {
    const [name, ...properties] = method.split(":");
    const property = /^LZMA2?$/i.test(name ?? "") ? properties[0] : properties.find((text) => text.startsWith("mem"));
    const match = /^(?:mem)?(\d+)([bkmg]?)$/.exec(property ?? "");
    if (!match) return 0;
    return match[2] ? Number(match[1]) * UNITS[match[2]]! : 2 ** Number(match[1]);
  });
  return Math.max(0, ...sizes);
}
