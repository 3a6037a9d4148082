import { fetchApi } from "#components/api/fetch-api.ts";
import type { OutgoingList } from "#lib/files-out/outgoing-schema.ts";
import type { OrderPage, OrderView } from "#lib/orders/order-schema.ts";
import { askToWrite, mayWrite, pickFolder } from "./folder-access.ts";
import { forgetFolder, keepFolder, readFolder, type SavedFolder } from "./saved-folder.ts";
import { type Conflict, type ConflictAnswer, writeCase } from "./write-case.ts";

export type AutoSaveState = {
  /** "asking": the browser wants to be asked again whether it may write. */
  mode: "unknown" | "off" | "asking" | "on";
  folder: string | null;
  written: number;
  writing: { number: string; done: number; total: number } | null;
  problem: { number: string; reason: string } | null;
  conflict: (Conflict & { answer: (answer: ConflictAnswer) => void }) | null;
};

const NOTHING: AutoSaveState = {
  mode: "unknown",
  folder: null,
  written: 0,
  writing: null,
  problem: null,
  conflict: null,
};
/** Clocks of vendors and this one may differ by this much, ms. */
const CLOCKS_MS = 2 * 60_000;

let state: AutoSaveState = NOTHING;
const listeners = new Set<() => void>();

export const autoSave = {
  read: () => state,
  readOnServer: () => NOTHING,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function change(next: Partial<AutoSaveState>): void {
  state = { ...state, ...next };
  for (const tell of listeners) tell();
}

/** Lets the person choose a folder; everything accepted from now on goes there. */
export async function startSaving(organisationId: string): Promise<void> {
  const handle = await pickFolder();
  if (!handle) return;
  await keepFolder(organisationId, { handle, since: new Date().toISOString(), done: [] });
  change({ ...NOTHING, mode: "on", folder: handle.name });
}

export async function stopSaving(organisationId: string): Promise<void> {
  await forgetFolder(organisationId);
  change({ ...NOTHING, mode: "off" });
}

/** After a restart of the browser: has it ask again. */
export async function allowSaving(organisationId: string): Promise<void> {
  const saved = await readFolder(organisationId);
  if (saved && (await askToWrite(saved.handle))) change({ mode: "on" });
}

/**
 * One round: writes what was accepted and is not written yet, one case after another. Only one window of this browser does it at a
 * time; what it began, the next round goes on with.
 */
export async function saveAccepted(organisationId: string, format: string): Promise<void> {
  const saved = await readFolder(organisationId);
  if (!saved) return change({ mode: "off" });
  const isAllowed = await mayWrite(saved.handle);
  change({ mode: isAllowed ? "on" : "asking", folder: saved.handle.name, written: saved.done.length });
  if (!isAllowed) return;
  await navigator.locks.request(`casebench-auto-save-${organisationId}`, { ifAvailable: true }, async (lock) => {
    if (lock) for (const order of await accepted(saved)) await saveOrder(organisationId, saved, order, format);
  });
}

async function accepted(saved: SavedFolder): Promise<OrderView[]> {
  const from = new Date(saved.since).getTime() - CLOCKS_MS;
  const { items } = await fetchApi<OrderPage>("/api/orders?status=accepted&sort=-vendorUpdatedAt&limit=100");
  return items.filter(({ id, decision, vendorUpdatedAt, scans }) => {
    const at = decision?.confirmedAt ?? vendorUpdatedAt;
    const isNew = at !== null && new Date(at).getTime() >= from;
    return isNew && !saved.done.includes(id) && scans.ready + scans.failed === scans.count;
  });
}

async function saveOrder(organisationId: string, saved: SavedFolder, order: OrderView, format: string): Promise<void> {
  const { id, number } = order;
  try {
    if (!(await isStillChosen(organisationId, saved))) return;
    const list = await fetchApi<OutgoingList>(`/api/orders/${id}/file-list?format=${format}`);
    if (!list.isWhole) return; // the next round looks again
    const files = list.files.flatMap(({ name, url }) => (url ? [{ name, url }] : []));
    change({ writing: { number, done: 0, total: files.length }, problem: null });
    await writeCase(
      saved.handle,
      { key: id, folder: list.folder, files },
      {
        onProgress: (done) => change({ writing: { number, done, total: files.length } }),
        onConflict: askPerson,
      },
    );
    saved.done.push(id);
    if (!(await isStillChosen(organisationId, saved))) return;
    await keepFolder(organisationId, saved);
    change({ written: saved.done.length });
  } catch (error) {
    change({ problem: { number, reason: error instanceof Error ? error.message : String(error) } });
  } finally {
    change({ writing: null, conflict: null });
  }
}

/** While a case was being written the person may have chosen another folder, or none: that choice stays. */
async function isStillChosen(organisationId: string, { since }: SavedFolder): Promise<boolean> {
  return (await readFolder(organisationId))?.since === since;
}

function askPerson(conflict: Conflict): Promise<ConflictAnswer> {
  return new Promise((answer) => change({ conflict: { ...conflict, answer } }));
}
