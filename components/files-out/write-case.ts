/** Files that are not whole yet lie here, out of sight, and are gone on with after an interruption. */
const STAGING = ".casebench";

export type CaseFiles = {
  /** Tells one case from another, also across sessions. */
  key: string;
  folder: string;
  /** `name` is inside the folder; "/" makes a folder. */
  files: readonly { name: string; url: string }[];
};
export type ConflictAnswer = "both" | "replace" | "skip";
export type Conflict = { folder: string; names: string[] };

type Options = {
  onProgress: (done: number) => void;
  /** Asked once when files of another content are already there. */
  onConflict: (conflict: Conflict) => Promise<ConflictAnswer>;
};

/**
 * Writes a case into a folder of this computer. Its files are fetched whole into a hidden folder first; only when the last one is
 * there do they appear, each at once, so that nobody opens half a case. Interrupted at any moment, the next call goes on from there.
 * @throws {Error} when a file cannot be fetched or the folder not be written
 */
export async function writeCase(
  root: FileSystemDirectoryHandle,
  { key, folder, files }: CaseFiles,
  { onProgress, onConflict }: Options,
): Promise<"written" | "skipped"> {
  const staging = await root.getDirectoryHandle(STAGING, { create: true });
  const stagingName = `${key}-${await digestOf(JSON.stringify([folder, files]))}`;
  const stage = await staging.getDirectoryHandle(stagingName, { create: true });
  for (const [i, file] of files.entries()) {
    await fetchInto(stage, String(i), file.url);
    onProgress(i + 1);
  }
  const target = await chooseTarget(root, folder, stage, files, onConflict);
  if (target) {
    const home = await root.getDirectoryHandle(target, { create: true });
    for (const [i, { name }] of files.entries()) await publish(home, name, await readStaged(stage, i));
  }
  await staging.removeEntry(stagingName, { recursive: true });
  return target ? "written" : "skipped";
}

/** A file appears under its name when it is closed, so that one that is there and not empty is whole. */
async function fetchInto(stage: FileSystemDirectoryHandle, name: string, url: string): Promise<void> {
  const handle = await stage.getFileHandle(name, { create: true });
  if ((await handle.getFile()).size > 0) return;
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`${url}: ${response.status}`);
  await response.body.pipeTo(await handle.createWritable());
}

async function readStaged(stage: FileSystemDirectoryHandle, index: number): Promise<File> {
  return (await stage.getFileHandle(String(index))).getFile();
}

/** The folder to write to: the case's own, a free one beside it, or none. */
async function chooseTarget(
  root: FileSystemDirectoryHandle,
  folder: string,
  stage: FileSystemDirectoryHandle,
  files: CaseFiles["files"],
  onConflict: Options["onConflict"],
): Promise<string | null> {
  const home = await existingFolder(root, folder);
  if (!home) return folder;
  const names: string[] = [];
  for (const [i, { name }] of files.entries()) {
    const there = await existingFile(home, name);
    if (there && !(await isSame(there, await readStaged(stage, i)))) names.push(name);
  }
  if (names.length === 0) return folder;
  const answer = await onConflict({ folder, names });
  if (answer === "skip") return null;
  return answer === "replace" ? folder : freeFolder(root, folder);
}

async function freeFolder(root: FileSystemDirectoryHandle, folder: string): Promise<string> {
  for (let n = 2; ; n++) if (!(await existingFolder(root, `${folder} (${n})`))) return `${folder} (${n})`;
}

/** Written beside its place and then moved there; where a browser cannot move, closing the file is the moment it appears. */
async function publish(home: FileSystemDirectoryHandle, name: string, content: File): Promise<void> {
  const there = await existingFile(home, name);
  if (there && (await isSame(there, content))) return;
  const [folders, last] = split(name);
  let place = home;
  for (const folder of folders) place = await place.getDirectoryHandle(folder, { create: true });
  const part = await place.getFileHandle(`${last}.part`, { create: true });
  await content.stream().pipeTo(await part.createWritable());
  if (there) await place.removeEntry(last);
  if (await moved(part, last)) return;
  const handle = await place.getFileHandle(last, { create: true });
  await content.stream().pipeTo(await handle.createWritable());
  await place.removeEntry(`${last}.part`);
}

async function moved(handle: FileSystemFileHandle, name: string): Promise<boolean> {
  const { move } = handle as FileSystemFileHandle & { move?: (name: string) => Promise<void> };
  if (!move) return false;
  return move.call(handle, name).then(
    () => true,
    () => false,
  );
}

async function existingFolder(root: FileSystemDirectoryHandle, name: string) {
  return root.getDirectoryHandle(name).catch(() => null);
}

async function existingFile(home: FileSystemDirectoryHandle, name: string): Promise<File | null> {
  const [folders, last] = split(name);
  let place: FileSystemDirectoryHandle | null = home;
  for (const folder of folders) place = place && (await existingFolder(place, folder));
  const handle = await place?.getFileHandle(last).catch(() => null);
  return handle ? handle.getFile() : null;
}

function split(name: string): [folders: string[], last: string] {
  const parts = name.split("/");
  return [parts.slice(0, -1), parts.at(-1)!];
}

async function isSame(a: File, b: File): Promise<boolean> {
  if (a.size !== b.size) return false;
  const [one, other] = await Promise.all([a.arrayBuffer(), b.arrayBuffer()]);
  const digests = await Promise.all([one, other].map((bytes) => crypto.subtle.digest("SHA-256", bytes)));
  const [left, right] = digests.map((digest) => new Uint8Array(digest));
  return left!.every((byte, i) => byte === right![i]);
}

async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest).slice(0, 6)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
