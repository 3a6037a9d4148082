/** The parts of the File System Access API that TypeScript's own library does not know yet. */
type WithPermission = FileSystemDirectoryHandle & {
  queryPermission?: (wish: { mode: "readwrite" }) => Promise<PermissionState>;
  requestPermission?: (wish: { mode: "readwrite" }) => Promise<PermissionState>;
};
type WithPicker = { showDirectoryPicker?: (wish: object) => Promise<FileSystemDirectoryHandle> };

/** Chrome and Edge on a computer; nobody else lets a page write into a folder. */
export function canWriteFolders(): boolean {
  return typeof window !== "undefined" && typeof (window as WithPicker).showDirectoryPicker === "function";
}

/** Asks the person for a folder. @returns null when they choose none */
export async function pickFolder(): Promise<FileSystemDirectoryHandle | null> {
  const picked = (window as WithPicker).showDirectoryPicker?.({ id: "casebench", mode: "readwrite" });
  return (await picked?.catch(() => null)) ?? null;
}

export async function mayWrite(handle: FileSystemDirectoryHandle): Promise<boolean> {
  const state = await (handle as WithPermission).queryPermission?.({ mode: "readwrite" });
  return state === undefined || state === "granted";
}

/** Has the browser ask; only right after a click. */
export async function askToWrite(handle: FileSystemDirectoryHandle): Promise<boolean> {
  const state = await (handle as WithPermission).requestPermission?.({ mode: "readwrite" });
  return state === undefined || state === "granted";
}
