import type { FileHandle } from "node:fs/promises";
import ssh2, { type Attributes, type SFTPWrapper } from "ssh2";
import { type AccountFolder, FolderFull, MOST_BYTES, normalPath } from "#lib/sftp-drop/account-folder.ts";

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;
const FOLDER_MODE = 0o040_700;
const FILE_MODE = 0o100_600;
/** Open files of one session at once, and bytes of one answer. */
const MOST_HANDLES = 16;
const MOST_READ = 256 * 1024;

/** "fetch": the practice may only take what we put there. "bring": it brings files. */
export type DropDirection = "fetch" | "bring";

type OpenFile = { file: FileHandle; path: string; writable: boolean };

/**
 * Answers one SFTP session (draft-ietf-secsh-filexfer-02, the version OpenSSH speaks) for one account. What is not answered here is
 * "not supported": links, attributes, listing.
 */
export function serveSftp(sftp: SFTPWrapper, folder: AccountFolder, direction: DropDirection): void {
  const handles = new Map<number, OpenFile>();
  const folders = new Set(["/"]);
  let lastHandle = 0;

  /** Runs one request; whatever fails is "failure", without a word why. */
  const answer = (id: number, work: () => Promise<void>): void => {
    work().catch((error: unknown) => {
      const isDenied = error instanceof Denied;
      sftp.status(id, isDenied ? STATUS_CODE.PERMISSION_DENIED : STATUS_CODE.FAILURE);
    });
  };
  const handleOf = (given: Buffer): OpenFile => {
    const found = given.length === 4 ? handles.get(given.readUInt32BE(0)) : undefined;
    if (!found) throw new Error("no such handle");
    return found;
  };
  const mayBring = () => {
    if (direction !== "bring") throw new Denied();
  };
  const attributes = async (path: string): Promise<Attributes | null> => {
    const size = await folder.size(path);
    if (size !== null) return fileAttributes(size);
    return folders.has(normalPath(path)) ? { ...fileAttributes(0), mode: FOLDER_MODE } : null;
  };

  sftp.on("OPEN", (id, path, flags) =>
    answer(id, async () => {
      if (handles.size >= MOST_HANDLES) throw new Error("too many handles");
      const writable = (flags & (OPEN_MODE.WRITE | OPEN_MODE.APPEND)) !== 0;
      if (writable) mayBring();
      const file = writable ? await folder.openToWrite(path) : await folder.openToRead(path);
      if (!file) return void sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
      const handle = Buffer.alloc(4);
      handle.writeUInt32BE(++lastHandle);
      handles.set(lastHandle, { file, path, writable });
      sftp.handle(id, handle);
    }),
  );
  sftp.on("READ", (id, handle, offset, length) =>
    answer(id, async () => {
      const { file } = handleOf(handle);
      const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(length, MOST_READ)), { position: offset });
      if (bytesRead === 0) sftp.status(id, STATUS_CODE.EOF);
      else sftp.data(id, buffer.subarray(0, bytesRead));
    }),
  );
  sftp.on("WRITE", (id, handle, offset, data) =>
    answer(id, async () => {
      const { file, writable } = handleOf(handle);
      if (!writable) throw new Denied();
      if (offset + data.length > MOST_BYTES) throw new FolderFull();
      await file.write(data, 0, data.length, offset);
      sftp.status(id, STATUS_CODE.OK);
    }),
  );
  sftp.on("CLOSE", (id, handle) =>
    answer(id, async () => {
      const { file } = handleOf(handle);
      handles.delete(handle.readUInt32BE(0));
      await file.close();
      sftp.status(id, STATUS_CODE.OK);
    }),
  );
  sftp.on("FSTAT", (id, handle) =>
    answer(id, async () => sftp.attrs(id, fileAttributes((await handleOf(handle).file.stat()).size))),
  );
  for (const look of ["STAT", "LSTAT"] as const)
    sftp.on(look, (id: number, path: string) =>
      answer(id, async () => {
        const found = await attributes(path);
        if (found) sftp.attrs(id, found);
        else sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
      }),
    );
  // Folders are names only: the client makes them because it thinks it has to.
  sftp.on("MKDIR", (id, path) =>
    answer(id, async () => {
      mayBring();
      if (folders.size < 100) folders.add(normalPath(path));
      sftp.status(id, STATUS_CODE.OK);
    }),
  );
  sftp.on("REMOVE", (id, path) =>
    answer(id, async () => {
      mayBring();
      await folder.remove(path);
      sftp.status(id, STATUS_CODE.OK);
    }),
  );
  sftp.on("RENAME", (id, from, to) =>
    answer(id, async () => {
      mayBring();
      sftp.status(id, (await folder.rename(from, to)) ? STATUS_CODE.OK : STATUS_CODE.NO_SUCH_FILE);
    }),
  );
  // Modes and times are ours to choose; a client that sets them is told that all is well.
  sftp.on("SETSTAT", (id) => void sftp.status(id, STATUS_CODE.OK));
  sftp.on("FSETSTAT", (id) => void sftp.status(id, STATUS_CODE.OK));
  sftp.on("REALPATH", (id, path) => {
    const filename = normalPath(path);
    sftp.name(id, [{ filename, longname: filename, attrs: fileAttributes(0) }]);
  });
  sftp.once("close", () => {
    for (const { file } of handles.values()) file.close().catch(() => {});
    handles.clear();
  });
}

/** Something that this account may not do. */
class Denied extends Error {}

function fileAttributes(size: number): Attributes {
  return { mode: FILE_MODE, uid: 0, gid: 0, size, atime: 0, mtime: 0 };
}
