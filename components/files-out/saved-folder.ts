/** What this browser remembers about an organisation's folder. */
export type SavedFolder = {
  handle: FileSystemDirectoryHandle;
  /** Orders accepted from then on are written; ISO. */
  since: string;
  /** Orders that were written or left out. */
  done: string[];
};

const DATABASE = "casebench-folders";
const STORE = "folders";

/** IndexedDB is the one place where a folder's handle can be kept. */
export function readFolder(organisationId: string): Promise<SavedFolder | undefined> {
  return inStore("readonly", (store) => store.get(organisationId) as IDBRequest<SavedFolder | undefined>);
}

export async function keepFolder(organisationId: string, folder: SavedFolder): Promise<void> {
  await inStore("readwrite", (store) => store.put(folder, organisationId));
}

export async function forgetFolder(organisationId: string): Promise<void> {
  await inStore("readwrite", (store) => store.delete(organisationId));
}

async function inStore<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  const database = await answerOf(opening);
  try {
    return await answerOf(ask(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
  });
}
