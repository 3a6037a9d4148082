import { openAsBlob } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { readMultipart, UnreadableForm } from "#lib/api/read-multipart.ts";
import { ENVELOPE_BYTES, invalidForm } from "#lib/api/read-uploaded-file.ts";
import { newId } from "#lib/database/new-id.ts";
import { env } from "#lib/env.ts";
import { AppError } from "#lib/errors.ts";

/** Takes the form's one file, in its field. @throws {AppError} too_large, invalid_body */
export type TakeFile = (field: string, mostBytes: number) => Promise<File>;

/** What a killed process left behind is removed after this long, ms: no transfer lasts longer. */
const LEFTOVER_MS = 60 * 60_000;

const folder = () => join(env().DATA_DIR, "incoming");

/**
 * Receives a file that is passed on and not kept: it arrives on the disk and never in memory, and is gone when `work` is done, however
 * that ends.
 */
export async function withIncomingFile<T>(request: Request, work: (take: TakeFile) => Promise<T>): Promise<T> {
  let path: string | null = null;
  try {
    return await work((field, mostBytes) => {
      path = join(folder(), newId());
      return receive(request, field, mostBytes, path);
    });
  } finally {
    if (path) await rm(path, { force: true }); // most requests bring no file: the disk is not asked
  }
}

async function receive(request: Request, field: string, mostBytes: number, path: string): Promise<File> {
  if (Number(request.headers.get("content-length") ?? 0) > mostBytes + ENVELOPE_BYTES) throw new AppError("too_large");
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(request.headers.get("content-type") ?? "");
  if (!boundary || !request.body) throw invalidForm("body", "is not a multipart form");
  try {
    for await (const part of readMultipart(request.body, (boundary[1] ?? boundary[2])!)) {
      if (part.name !== field || part.fileName === null) continue;
      const bytes = await keep(part.body, mostBytes, path);
      if (bytes === 0) throw invalidForm(field, "is empty");
      return new File([await openAsBlob(path)], part.fileName, { type: part.type });
    }
  } catch (error) {
    if (error instanceof UnreadableForm) throw invalidForm("body", "is not a multipart form", error);
    throw error;
  }
  throw invalidForm(field, "is missing");
}

/** @returns how many bytes came */
async function keep(body: AsyncIterable<Buffer>, mostBytes: number, path: string): Promise<number> {
  await mkdir(folder(), { recursive: true, mode: 0o700 });
  const file: FileHandle = await open(path, "wx", 0o600);
  try {
    let size = 0;
    for await (const piece of body) {
      size += piece.length;
      if (size > mostBytes) throw new AppError("too_large");
      await file.appendFile(piece);
    }
    return size;
  } finally {
    await file.close();
  }
}

/** @returns how many files of processes that were killed were removed */
export async function purgeIncoming(now: Date): Promise<number> {
  const names = await readdir(folder()).catch(() => [] as string[]);
  let removed = 0;
  for (const name of names) {
    const path = join(folder(), name);
    const found = await stat(path).catch(() => null);
    if (!found || now.getTime() - found.mtimeMs < LEFTOVER_MS) continue;
    await rm(path, { force: true });
    removed++;
  }
  return removed;
}
