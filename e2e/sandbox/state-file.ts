import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { CadmusCase } from "./cadmus-records.ts";
import type { MsState } from "./medisync-records.ts";
import type { OdState } from "./open-dental-records.ts";
import type { CaseFile, OrderRecord } from "./vendor-records.ts";
import type { AccessToken, CreatedOrder, RefreshToken, Upload, World } from "./world.ts";

/** What differs from the seed. Orders come back from their numbers; only what happened to them is kept. */
interface Snapshot {
  version: 1;
  seededAt: number;
  created: CreatedOrder[];
  orders: Pick<OrderRecord, "number" | "status" | "updatedAt" | "history" | "counts" | "drift" | "delivery">[];
  cadmus: Pick<CadmusCase, "id" | "status" | "completenessStatus" | "infoRequestStatus">[];
  addedFiles: { caseUuid: string; file: CaseFile }[];
  removedFiles: string[];
  accessTokens: AccessToken[];
  refreshTokens: RefreshToken[];
  uploads: Upload[];
  /** Absent in files of earlier versions. */
  openDental?: OdState;
  medisync?: MsState;
}

const DEBOUNCE_MS = 40;

/** Keeps a world's changes in `state.json`: written beside and renamed, a moment after the last change. */
export class StateFile {
  #path: string;
  #world: World;
  #timer: NodeJS.Timeout | undefined;

  constructor(stateDir: string, world: World) {
    mkdirSync(stateDir, { recursive: true });
    this.#path = join(stateDir, "state.json");
    this.#world = world;
  }

  /** The snapshot of an earlier run, or null on a first start. */
  read(): Snapshot | null {
    try {
      return JSON.parse(readFileSync(this.#path, "utf8")) as Snapshot;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
      throw new Error(`The sandbox's state ${this.#path} cannot be read; delete it to start afresh`, { cause: error });
    }
  }

  follow(): void {
    this.#world.remember = () => {
      this.#timer ??= setTimeout(() => this.flush(), DEBOUNCE_MS);
    };
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const beside = `${this.#path}.new`;
    writeFileSync(beside, JSON.stringify(snapshotOf(this.#world)));
    renameSync(beside, this.#path);
  }
}

function snapshotOf(world: World): Snapshot {
  return {
    version: 1,
    seededAt: world.seededAt,
    created: world.created,
    orders: [...world.changed.orders].flatMap((number) => {
      const order = world.orders.get(number);
      if (order === undefined) return [];
      const { status, updatedAt, history, counts, drift, delivery } = order;
      return [{ number, status, updatedAt, history, counts, drift, delivery }];
    }),
    cadmus: [...world.changed.cadmus].flatMap((id) => {
      const found = world.cadmusCases.get(id);
      if (found === undefined) return [];
      const { status, completenessStatus, infoRequestStatus } = found;
      return [{ id, status, completenessStatus, infoRequestStatus }];
    }),
    addedFiles: [...world.changed.addedFiles].flatMap((uuid) => world.files.get(uuid) ?? []),
    removedFiles: [...world.changed.removedFiles],
    accessTokens: [...world.accessTokens.values()],
    refreshTokens: [...world.refreshTokens.values()],
    uploads: [...world.uploads.values()],
    openDental: world.openDental.state,
    medisync: world.medisync.state,
  };
}

/** Applies what happened in earlier runs to a freshly seeded world. */
export function applySnapshot(world: World, snapshot: Snapshot): void {
  for (const change of snapshot.orders) {
    const order = world.orders.get(change.number);
    if (order === undefined) continue;
    Object.assign(order, change);
    world.changed.orders.add(order.number);
  }
  for (const change of snapshot.cadmus) {
    const found = world.cadmusCases.get(change.id);
    if (found === undefined) continue;
    Object.assign(found, change);
    world.changed.cadmus.add(change.id);
  }
  for (const uuid of snapshot.removedFiles) world.removeFile(uuid);
  for (const { caseUuid, file } of snapshot.addedFiles) if (world.cases.has(caseUuid)) world.addFile(caseUuid, file);
  if (snapshot.openDental) world.openDental.state = snapshot.openDental;
  if (snapshot.medisync) world.medisync.state = snapshot.medisync;
  for (const token of snapshot.accessTokens) world.accessTokens.set(token.value, token);
  for (const token of snapshot.refreshTokens) world.refreshTokens.set(token.value, token);
  for (const upload of snapshot.uploads) world.uploads.set(upload.uuid, upload);
}
