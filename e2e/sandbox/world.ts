import type { CadmusCase } from "./cadmus-records.ts";
import { CallLog } from "./call-log.ts";
import { FaultBench } from "./faults.ts";
import { MedisyncPractices } from "./medisync-practice.ts";
import { OpenDentalOffice } from "./open-dental-office.ts";
import type { OrderedForm } from "./ordered-form.ts";
import { seedAccounts, seedGroups } from "./organisations.ts";
import { Random } from "./random.ts";
import { defaultLiveSettings, type LiveSettings, type ResolvedOptions } from "./settings.ts";
import type { Account, CaseFile, CaseRecord, Group, HistoryEntry, OrderRecord } from "./vendor-records.ts";

export interface SandboxUrls {
  meditlinkAuth: string;
  meditlinkApi: string;
  meditlinkStorage: string;
  cadmusApi: string;
  cadmusStorage: string;
  control: string;
  /** With its /api/v1. */
  openDental: string;
  /** With its /api. */
  medisync: string;
}

export interface AccessToken {
  value: string;
  refresh: string;
  account: string;
  scope: string;
  /** Epoch ms. */
  expiresAt: number;
}

export interface RefreshToken {
  value: string;
  account: string;
  scope: string;
  expiresAt: number;
  /** All tokens that descend from one authorization. */
  family: string;
  /** Strict mode: already exchanged once. */
  spent: boolean;
}

export interface Upload {
  uuid: string;
  caseUuid: string;
  name: string;
  size: number;
  /** Base64 MD5, as registered. */
  hash: string;
  callbackUrl: string;
  account: string;
  expiresAt: number;
  state: "registered" | "stored" | "attached" | "failed";
}

/** An order made through the control port: its number decides all the rest. */
export interface CreatedOrder {
  number: number;
  createdAt: number;
  buyer: string;
  seller: string;
  status: string;
  /** The special order that it is made like. */
  like?: string;
  /** Absent: decided by the number too. */
  patient?: { name: string; code: string } | undefined;
  /** What is ordered; absent: decided by the number too. */
  form?: OrderedForm;
}

type DecisionKind = "accepted" | "rejected" | "cancelled";
const COUNTED: Record<string, DecisionKind> = { ACCEPTED: "accepted", REJECTED: "rejected", CANCELED: "cancelled" };

/** Everything the vendors know, and when it last changed. One world per sandbox. */
export class World {
  readonly options: ResolvedOptions;
  readonly calls = new CallLog();
  readonly faults = new FaultBench();
  urls: SandboxUrls = {
    meditlinkAuth: "",
    meditlinkApi: "",
    meditlinkStorage: "",
    cadmusApi: "",
    cadmusStorage: "",
    control: "",
    openDental: "",
    medisync: "",
  };
  live: LiveSettings;
  seededAt: number;
  groups = seedGroups();
  accounts: Map<string, Account> = seedAccounts(this.groups);
  cases = new Map<string, CaseRecord>();
  orders = new Map<number, OrderRecord>();
  files = new Map<string, { file: CaseFile; caseUuid: string }>();
  cadmusCases = new Map<number, CadmusCase>();
  readonly openDental: OpenDentalOffice;
  readonly medisync: MedisyncPractices;
  accessTokens = new Map<string, AccessToken>();
  refreshTokens = new Map<string, RefreshToken>();
  uploads = new Map<string, Upload>();
  /** How many Cadmus logins there were, and up to which one an account's tokens are revoked. */
  cadmusLogins = 0;
  cadmusRevoked = new Map<string, number>();
  /** Identifiers of what differs from the seed: all that has to be remembered. */
  readonly changed = {
    orders: new Set<number>(),
    cadmus: new Set<number>(),
    addedFiles: new Set<string>(),
    removedFiles: new Set<string>(),
  };
  created: CreatedOrder[] = [];
  /** Called after every change; set by the state file. */
  remember: () => void = () => {};

  #churnOwed = 0;
  #churnOrder = new Random("churn");
  #byGroup = new Map<string, OrderRecord[]>();
  #casesByGroup = new Map<string, CaseRecord[]>();

  constructor(options: ResolvedOptions) {
    this.options = options;
    this.live = defaultLiveSettings(options.portalUrl);
    this.seededAt = options.now();
    this.openDental = new OpenDentalOffice(options.now);
    this.medisync = new MedisyncPractices(options.now);
  }

  now(): number {
    return this.options.now();
  }

  group(uuid: string): Group {
    const group = this.groups.get(uuid);
    if (group === undefined) throw new Error(`No group ${uuid}`);
    return group;
  }

  addCase(record: CaseRecord): void {
    this.cases.set(record.uuid, record);
    for (const file of record.files) this.files.set(file.uuid, { file, caseUuid: record.uuid });
    this.#casesByGroup.delete(record.ownerGroup);
  }

  addOrder(order: OrderRecord): void {
    this.orders.set(order.number, order);
    this.#byGroup.clear();
  }

  addFile(caseUuid: string, file: CaseFile): void {
    const record = this.cases.get(caseUuid);
    if (record === undefined) throw new Error(`No case ${caseUuid}`);
    record.files.push(file);
    record.updatedAt = file.updatedAt;
    this.files.set(file.uuid, { file, caseUuid });
    this.changed.addedFiles.add(file.uuid);
    this.remember();
  }

  removeFile(uuid: string): void {
    const held = this.files.get(uuid);
    const record = held === undefined ? undefined : this.cases.get(held.caseUuid);
    if (record === undefined) return;
    record.files = record.files.filter((file) => file.uuid !== uuid);
    this.files.delete(uuid);
    this.changed.addedFiles.delete(uuid);
    this.changed.removedFiles.add(uuid);
    this.remember();
  }

  /** Orders in which the group buys or sells, last changed first. */
  ordersOf(groupUuid: string): OrderRecord[] {
    let orders = this.#byGroup.get(groupUuid);
    if (orders === undefined) {
      orders = [...this.orders.values()].filter(({ buyer, seller }) => buyer === groupUuid || seller === groupUuid);
      orders.sort((a, b) => b.updatedAt - a.updatedAt || b.number - a.number);
      this.#byGroup.set(groupUuid, orders);
    }
    return orders;
  }

  /** Cases the group owns, last created first. */
  casesOf(groupUuid: string): CaseRecord[] {
    let cases = this.#casesByGroup.get(groupUuid);
    if (cases === undefined) {
      cases = [...this.cases.values()].filter(({ ownerGroup }) => ownerGroup === groupUuid);
      cases.sort((a, b) => b.createdAt - a.createdAt || (a.uuid < b.uuid ? -1 : 1));
      this.#casesByGroup.set(groupUuid, cases);
    }
    return cases;
  }

  /** Puts an order into a state and writes its history; both sides see it from now on. */
  moveOrder(order: OrderRecord, to: string, entry: Pick<HistoryEntry, "action" | "by" | "via">): void {
    const at = this.now();
    order.history.push({ at: new Date(at).toISOString(), ...entry, from: order.status, to });
    order.status = to;
    const counted = COUNTED[to];
    if (counted !== undefined) order.counts[counted]++;
    this.touchOrder(order, at);
  }

  /** Marks an order as changed at the vendor; change times never run backwards. */
  touchOrder(order: OrderRecord, at = this.now()): void {
    order.updatedAt = Math.max(at, order.updatedAt + 1);
    this.#byGroup.delete(order.buyer);
    this.#byGroup.delete(order.seller);
    this.changed.orders.add(order.number);
    this.remember();
  }

  /** Other people work at the same time: after a search some of the group's orders change. */
  churn(groupUuid: string): void {
    const orders = this.ordersOf(groupUuid);
    this.#churnOwed += this.live.churnPerSearch;
    for (; this.#churnOwed >= 1 && orders.length > 0; this.#churnOwed--) this.touchOrder(this.#churnOrder.pick(orders));
  }

  touchCadmusCase(id: number): void {
    this.changed.cadmus.add(id);
    this.remember();
  }

  /** Forgets everything that happened; the caller seeds anew. */
  clear(): void {
    this.live = defaultLiveSettings(this.options.portalUrl);
    this.seededAt = this.now();
    this.groups = seedGroups();
    this.accounts = seedAccounts(this.groups);
    for (const map of [
      this.cases,
      this.orders,
      this.files,
      this.cadmusCases,
      this.cadmusRevoked,
      this.accessTokens,
      this.refreshTokens,
      this.uploads,
    ]) {
      map.clear();
    }
    for (const set of Object.values(this.changed)) set.clear();
    this.created = [];
    this.#byGroup.clear();
    this.#casesByGroup.clear();
    this.openDental.seed();
    this.faults.disarm();
    this.calls.clear();
    this.remember();
  }
}
