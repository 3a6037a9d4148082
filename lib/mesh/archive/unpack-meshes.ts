import type { SevenZipModule, SevenZipModuleFactory } from "7z-wasm";

/** A mesh file of an archive that was dropped on the page. */
export interface UnpackedMesh {
  /** Inside the archive, without its folders. */
  name: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** Why an archive is not opened. */
export class ArchiveProblem extends Error {
  override name = "ArchiveProblem";
  readonly problem: "archiveUnreadable" | "archiveEncrypted" | "archiveTooLarge" | "archiveEmpty";

  constructor(problem: ArchiveProblem["problem"]) {
    super(problem);
    this.problem = problem;
  }
}

/** What is listed before anything is unpacked. An archive that says less than it holds is damaged: 7-Zip stops at what it says. */
export const ARCHIVE_LIMITS = { entries: 500, meshes: 60, bytes: 700 * 1024 * 1024, ratio: 200 } as const;

/** A small archive of zeros may be as dense as it likes, bytes. */
const HARMLESS_BYTES = 16 * 1024 * 1024;

const MESH = /\.(stl|obj|ply)$/i;
const ARCHIVE = "/archive.7z";
const OUT = "/out";

export interface ListedEntry {
  path: string;
  bytes: number;
  isFolder: boolean;
  isEncrypted: boolean;
}

/**
 * The meshes of a 7z archive, read by 7-Zip inside WebAssembly: its files are in its own memory, whatever names they have.
 * @param start a new 7-Zip; each runs one command
 * @throws ArchiveProblem
 */
export async function unpackMeshes(
  archive: Uint8Array,
  start: (options: Parameters<SevenZipModuleFactory>[0]) => Promise<SevenZipModule>,
): Promise<UnpackedMesh[]> {
  if (hidesItsNames(archive)) throw new ArchiveProblem("archiveEncrypted");
  const lines: string[] = [];
  const listing = await start({ print: (line) => lines.push(line), printErr: (line) => lines.push(line) });
  if (!run(listing, archive, ["l", "-slt", "-ba", "-bsp0", "-t7z", "-p-", "--", ARCHIVE]))
    throw new ArchiveProblem("archiveUnreadable");
  const meshes = chooseMeshes(parseListing(lines), archive.length);
  const seven = await start({ print: () => {}, printErr: () => {} });
  const names = meshes.map(({ path }) => path);
  if (!run(seven, archive, ["x", "-bsp0", "-t7z", "-p-", "-mmt1", "-spd", "-y", `-o${OUT}`, "--", ARCHIVE, ...names]))
    throw new ArchiveProblem("archiveUnreadable");
  return [...filesBelow(seven, OUT)].filter(({ name }) => MESH.test(name));
}

/** The coder that 7z encrypts with (7zFormat.txt, "7zAES"). */
const AES = [0x06, 0xf1, 0x07, 0x01];
const ENCODED_HEADER = 0x17;
const START_BYTES = 32;

/** Whether the list of names is encrypted as well: 7-Zip then says nothing but that it cannot read it. */
function hidesItsNames(archive: Uint8Array): boolean {
  if (archive.length < START_BYTES) return false;
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const from = START_BYTES + Number(view.getBigUint64(12, true));
  const header = archive.subarray(from, from + Number(view.getBigUint64(20, true)));
  return header[0] === ENCODED_HEADER && header.some((_, at) => AES.every((byte, i) => header[at + i] === byte));
}

/** @throws ArchiveProblem when there is too much in it, nothing to see, or a password on it */
export function chooseMeshes(entries: readonly ListedEntry[], archiveBytes: number): ListedEntry[] {
  const files = entries.filter(({ isFolder }) => !isFolder);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  const tooDense = total > HARMLESS_BYTES && total > ARCHIVE_LIMITS.ratio * archiveBytes;
  if (files.length > ARCHIVE_LIMITS.entries || total > ARCHIVE_LIMITS.bytes || tooDense)
    throw new ArchiveProblem("archiveTooLarge");
  const meshes = files.filter(({ path }) => MESH.test(path));
  if (meshes.length > ARCHIVE_LIMITS.meshes) throw new ArchiveProblem("archiveTooLarge");
  if (meshes.some(({ isEncrypted }) => isEncrypted)) throw new ArchiveProblem("archiveEncrypted");
  if (meshes.length === 0) throw new ArchiveProblem("archiveEmpty");
  return meshes;
}

/** `7z l -slt -ba`: a block of "Key = value" lines per entry. */
export function parseListing(lines: readonly string[]): ListedEntry[] {
  const entries: ListedEntry[] = [];
  for (const line of lines) {
    const [, key, value = ""] = /^([A-Za-z ]+?) = ?(.*)$/.exec(line) ?? [];
    const entry = entries.at(-1);
    if (key === "Path") entries.push({ path: value, bytes: 0, isFolder: false, isEncrypted: false });
    else if (!entry) continue;
    else if (key === "Size") entry.bytes = Number(value) || 0;
    else if (key === "Attributes") entry.isFolder = value.startsWith("D");
    else if (key === "Encrypted") entry.isEncrypted = value === "+";
  }
  return entries;
}

/** @returns false when 7-Zip says that it did not work */
function run(seven: SevenZipModule, archive: Uint8Array, command: string[]): boolean {
  const stream = seven.FS.open(ARCHIVE, "w+");
  seven.FS.write(stream, archive, 0, archive.length);
  seven.FS.close(stream);
  try {
    // Its types say nothing is returned; Emscripten returns the exit code.
    return (seven.callMain(command) as unknown) === 0;
  } catch {
    return false;
  }
}

const FOLDER = 0o040000;
const REGULAR = 0o100000;
const KIND = 0o170000;

function* filesBelow(seven: SevenZipModule, folder: string): Generator<UnpackedMesh> {
  for (const name of seven.FS.readdir(folder)) {
    if (name === "." || name === "..") continue;
    const path = `${folder}/${name}`;
    const kind = seven.FS.lstat(path).mode & KIND;
    if (kind === FOLDER) yield* filesBelow(seven, path);
    if (kind === REGULAR) yield { name, bytes: new Uint8Array(seven.FS.readFile(path) as Uint8Array<ArrayBuffer>) };
  }
}
