import { createHash, randomUUID } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { FaultOrder } from "#e2e/sandbox/faults.ts";
import type { Sandbox } from "#e2e/sandbox/start-sandbox.ts";
import { downloadSigned } from "#lib/vendors/download-signed.ts";
import { VendorError, type VendorErrorKind } from "#lib/vendors/error.ts";
import type { LocatedFile, Vendor, VendorOrder } from "#lib/vendors/vendor.ts";
import type { VendorSession } from "#lib/vendors/vendor-session.ts";

/** A connector and a sandbox account of its vendor. */
export type ConnectorUnderTest = {
  vendor: Vendor;
  /** The sandbox's name of the vendor's API, for faults. */
  api: string;
  sandbox(): Sandbox;
  /** Signs in. */
  newToken(): Promise<string>;
  sessionOf(accessToken: string): Promise<VendorSession>;
  /** The numbers of all orders that the account has at the vendor. */
  truth(): string[];
  /** Operations that only this vendor has; they count for the table of operations as well. */
  more(context: ContractContext): void;
};

export type ContractContext = {
  /** A session of its own: no test's failures close another test's breaker or empty its budget. */
  session(): VendorSession;
  arm(fault: FaultOrder["fault"], more?: Partial<FaultOrder>): void;
  sandbox(): Sandbox;
};

const ALWAYS = { from: new Date(0), to: new Date("2100-01-01T00:00:00Z") };

/** What every connector must do, against its vendor's sandbox. */
export function describeConnector(name: string, subject: ConnectorUnderTest): void {
  describe(name, () => {
    const { vendor } = subject;
    const orders = vendor.orders!;
    const files = vendor.files!;
    let base: VendorSession;
    const context: ContractContext = {
      session: () => ({ ...base, connectionId: randomUUID(), organisationId: randomUUID() }),
      sandbox: subject.sandbox,
      arm: (fault, more = {}) => {
        subject.sandbox().world.faults.arm({ vendor: subject.api, fault, count: 1, ...more });
      },
    };
    beforeAll(async () => {
      base = await subject.sessionOf(await subject.newToken());
    });
    beforeEach(() => {
      subject.sandbox().world.faults.disarm();
    });

    const walk = async (): Promise<VendorOrder[]> => {
      const found: VendorOrder[] = [];
      for (let page = 0; ; page++) {
        const input = { ...ALWAYS, page, pageSize: orders.window.pageSize };
        const { total, orders: rows } = await orders.page(context.session(), input);
        expect(total).toBe(subject.truth().length);
        found.push(...rows);
        if (found.length >= total || rows.length === 0) return found;
      }
    };
    const wholeOrders = async () => {
      const rows = await walk();
      if (orders.listIsWhole) return rows;
      const session = context.session();
      return await Promise.all(rows.map((row) => orders.get(session, row.number)));
    };

    test("the account is told apart and knows its side", async () => {
      const account = await vendor.identify(context.session(), "cadmus@onelab.example");
      expect(account.accountKey).not.toBe("");
      expect(account.side).toBe("lab");
    });

    test("walking the pages brings every order exactly once", async () => {
      const numbers = (await walk()).map((order) => order.number);
      expect([...numbers].sort()).toEqual([...subject.truth()].sort());
      expect(new Set(numbers).size).toBe(numbers.length);
    });

    test("a window in which nothing happened is an empty page", async () => {
      const [from, to] = [new Date("2001-01-01T00:00:00Z"), new Date("2001-01-02T00:00:00Z")];
      const page = await orders.page(context.session(), { from, to, page: 0, pageSize: orders.window.pageSize });
      expect(page).toEqual({ total: 0, orders: [], unreadable: 0 });
    });

    test("each order is read whole, with its oddities, and keeps the vendor's record", async () => {
      const all = await wholeOrders();
      expect(all).toHaveLength(subject.truth().length);
      for (const order of all) {
        expect(order.whole).toBe(true);
        expect(order.files).not.toBeNull();
        expect(order.raw).toBeTypeOf("object");
        expect(order.receivedAt).toBeInstanceOf(Date);
        const keys = order.files!.map((file) => file.key);
        expect(new Set(keys).size).toBe(keys.length);
      }
      expect(all.flatMap((order) => order.files!).filter((file) => file.kind === "scan").length).toBeGreaterThan(10);
      expect(new Set(all.map((order) => order.status)).size).toBeGreaterThan(3);
    });

    test("an order that is not there is not found", async () => {
      await expect(orders.get(context.session(), "999999999")).rejects.toMatchObject({ kind: "not_found" });
    });

    test("a scan is located, downloaded and what its vendor says it is", async () => {
      const session = context.session();
      const rows = await walk();
      const first = await orders.get(session, rows.find((row) => row.completeness === "complete")!.number);
      const order = first.files!.some((file) => file.kind === "scan") ? first : (await wholeOrders()).find(hasScan)!;
      const scan = order.files!.find((file) => file.kind === "scan" && file.jaw !== "other")!;
      const located = await ready(() =>
        files.locate(session, {
          orderNumber: order.number,
          fileKey: scan.key,
          fileName: scan.name,
          format: files.scanFormats[0]!,
        }),
      );
      const bytes = await fetchLocated(located);
      expect(bytes.length).toBeGreaterThan(500);
      expect(located.expiresAt!.getTime()).toBeGreaterThan(Date.now());
      if (located.packing === "7z") expect(bytes.subarray(0, 6).toString("hex")).toBe("377abcaf271c");
      for (const item of located.manifest ?? []) expect(item.hash).toMatch(/^[0-9a-f]{32}$/i);
    });

    test.each<[FaultOrder["fault"], VendorErrorKind]>([
      [{ kind: "status", status: 400 }, "invalid"],
      [{ kind: "status", status: 401 }, "token"],
      [{ kind: "status", status: 403 }, "scope"],
      [{ kind: "status", status: 404 }, "not_found"],
      [{ kind: "status", status: 409 }, "conflict"],
      [{ kind: "status", status: 429, headers: { "retry-after": "120" } }, "rate_limited"],
      [{ kind: "html" }, "bad_content"],
      [{ kind: "malformed" }, "bad_content"],
      [{ kind: "gzipBomb" }, "bad_content"],
    ])("%j is told as %s, without the vendor's words", async (fault, kind) => {
      context.arm(fault);
      const error = await orders.page(context.session(), { ...ALWAYS, page: 0, pageSize: 20 }).catch((e) => e);
      expect(error).toBeInstanceOf(VendorError);
      expect(error).toMatchObject({ kind, vendor: vendor.id });
      expect(error.message).not.toMatch(/sandbox_fault|Guest|Bearer|<|\n/);
    });

    test.each<FaultOrder["fault"]>([
      { kind: "status", status: 500 },
      { kind: "status", status: 503, headers: { "retry-after": "1" } },
      { kind: "status", status: 429, headers: { "retry-after": "1" } },
      { kind: "reset" },
      { kind: "truncate" },
    ])("a read survives %j", async (fault) => {
      context.arm(fault);
      const page = await orders.page(context.session(), { ...ALWAYS, page: 0, pageSize: 20 });
      expect(page.total).toBe(subject.truth().length);
    });

    test("a token that the vendor does not know is told as such, and never quoted", async () => {
      const session = { ...context.session(), accessToken: "c0ffee00-dead-4bad-8bad-000000000000" };
      const error = await orders.page(session, { ...ALWAYS, page: 0, pageSize: 20 }).catch((e) => e);
      expect(error).toMatchObject({ kind: "token", status: 401 });
      expect(String(error.stack)).not.toContain("c0ffee00");
    });

    describe("its own operations", () => subject.more(context));

    afterAll(() => {
      const { world } = subject.sandbox();
      const calls = world.calls.since(0).filter((call) => call.vendor === subject.api && call.status < 300);
      const untried = vendor.endpoints.filter((endpoint) => !calls.some((call) => matches(endpoint, call)));
      expect(untried.map(({ name: operation }) => operation)).toEqual([]);
      expect(world.calls.violations()).toEqual([]);
    });
  });
}

/** Asks until the vendor has converted the file. */
export async function ready(locate: () => Promise<LocatedFile>): Promise<LocatedFile & { ready: true }> {
  return await eventually(async () => {
    const located = await locate();
    return located.ready ? located : undefined;
  });
}

/** Looks again until there is something to see, for what a vendor does in its own time. */
export async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  const see = async () => {
    const found = await look();
    if (found === undefined) throw new Error("not there yet");
    return found;
  };
  return await vi.waitFor(see, { timeout: 15_000, interval: 100 });
}

export async function fetchLocated(located: LocatedFile & { ready: true }): Promise<Buffer> {
  const opened = await downloadSigned({ vendor: "any", url: located.url, allowedHosts: [], maxBytes: 100_000_000 });
  const bytes = await buffer(opened.body);
  if (opened.totalBytes !== null) expect(bytes.length).toBe(opened.totalBytes);
  return bytes;
}

export function md5Base64(bytes: Buffer): string {
  return createHash("md5").update(bytes).digest("base64");
}

function hasScan(order: VendorOrder): boolean {
  return order.files!.some((file) => file.kind === "scan" && file.jaw !== "other");
}

function matches(endpoint: Vendor["endpoints"][number], call: { method: string; path: string }): boolean {
  const pattern = endpoint.path.replace(/[.]/g, "\\.").replace(/\{\w+\}/g, "[^/]+");
  return call.method === endpoint.method && new RegExp(`^${pattern}$`).test(call.path.split("?")[0]!);
}
