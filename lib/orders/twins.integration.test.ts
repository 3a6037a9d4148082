import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { createConnection } from "#lib/connections/create-connection.ts";
import { listConnections } from "#lib/connections/list-connections.ts";
import { syncConnection } from "#lib/connections/sync-connection.ts";
import { database } from "#lib/database/database.ts";
import { carryOutDecision } from "#lib/decisions/carry-out-decision.ts";
import { requestDecision } from "#lib/decisions/request-decision.ts";
import { foldOrderCounts } from "#lib/orders/fold-order-counts.ts";
import { getOrder } from "#lib/orders/get-order.ts";
import { listOrderEvents } from "#lib/orders/list-order-events.ts";
import { listOrders } from "#lib/orders/list-orders.ts";
import { type DecisionKind, listOrdersQuerySchema, type OrderView } from "#lib/orders/order-schema.ts";
import { rematchTwins } from "#lib/orders/rematch-twins.ts";
import { fetchScan } from "#lib/scans/fetch-scan.ts";
import { makePrincipal } from "#lib/testing/orders-in-database.ts";
import { type PortalWithSandbox, startPortalWithSandbox } from "#lib/testing/portal-with-sandbox.ts";

let portal: PortalWithSandbox;
const EMAILS: Record<string, string> = { meditlink: "lab@onelab.example", cadmus: "cadmus@onelab.example" };

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 60 });
});
afterAll(() => portal.close());

/** A lab with both accounts, synced in this order. */
async function labWith(...vendors: string[]): Promise<{ admin: Principal; connections: Record<string, string> }> {
  const admin = await makePrincipal("lab", "admin");
  const connections: Record<string, string> = {};
  for (const vendor of vendors) {
    const { id } = await createConnection(admin, {
      vendor,
      credentials: { email: EMAILS[vendor]!, password: "sandbox" },
    });
    await syncConnection({ organisationId: admin.organisationId, connectionId: id });
    connections[vendor] = id;
  }
  return { admin, connections };
}

const list = (who: Principal, query: Record<string, unknown> = {}) =>
  listOrders(who, listOrdersQuerySchema.parse(query));
async function everything(who: Principal): Promise<{ items: OrderView[]; totals: number[] }> {
  const items: OrderView[] = [];
  const totals = new Set<number>();
  for (let cursor: string | undefined; ; ) {
    const page = await list(who, { limit: 7, ...(cursor ? { cursor } : {}) });
    items.push(...page.items);
    totals.add(page.total);
    if (!page.nextCursor) return { items, totals: [...totals] };
    cursor = page.nextCursor;
  }
}
const hiddenRows = (who: Principal) =>
  database().order.findMany({ where: { organisationId: who.organisationId, twinOfId: { not: null } } });
const decide = (who: Principal, orderId: string, kind: DecisionKind) =>
  requestDecision(who, { orderId, kind, body: {}, idempotencyKey: null });
const truth = (number: string) => portal.sandbox.world.orders.get(Number(number))!;

describe.each([
  ["meditlink", "cadmus"],
  ["cadmus", "meditlink"],
])("one order, two doors, %s synced before %s", (first, second) => {
  it("is in the inbox once, with both sources, and counted once, while each account still counts all it has", async () => {
    const { admin } = await labWith(first, second);
    const rows = await database().order.count({ where: { organisationId: admin.organisationId } });
    const { items, totals } = await everything(admin);
    expect(items).toHaveLength(rows - 6);
    expect(new Set(items.map((item) => item.id)).size).toBe(rows - 6);
    expect(totals).toEqual([rows - 6]);
    const twins = items.filter((item) => item.sources.length > 1);
    expect(twins).toHaveLength(6);
    for (const order of twins) {
      expect(order.sources.map((source) => source.vendor)).toEqual(["meditlink", "cadmus"]);
      expect(order).toMatchObject({ vendor: "meditlink", decisionMode: "sent" });
      expect(order.sources[0]).toMatchObject({ orderId: order.id, number: order.number });
    }
    const connections = await listConnections(admin);
    for (const { ordersHere, ordersUpstream } of connections.items) expect(ordersHere).toBe(ordersUpstream);
    await foldOrderCounts();
    expect((await list(admin)).total).toBe(rows - 6);
    expect((await list(admin, { vendor: "cadmus" })).total).toBe(
      (await list(admin, { vendor: "cadmus", limit: 200 })).items.length,
    );
  });
});

describe("an order that came by two ways", () => {
  it("is read by either id as the one that is shown, with one history, and found by what either vendor calls it", async () => {
    const { admin } = await labWith("meditlink", "cadmus");
    const [hidden] = await hiddenRows(admin);
    const order = await getOrder(admin, hidden!.id);
    expect(order).toMatchObject({
      id: hidden!.twinOfId,
      vendor: "meditlink",
      sources: [{}, { number: hidden!.number }],
    });
    expect(await getOrder(admin, order.id)).toEqual(order);
    const histories = await Promise.all([order.id, hidden!.id].map((id) => listOrderEvents(admin, id)));
    expect(histories[0]).toEqual(histories[1]);
    expect(histories[0]!.items.map((event) => event.kind)).toContain("twin_found");
    expect((await list(admin, { q: hidden!.number })).items.map((item) => item.id)).toContain(order.id);
    const stranger = await makePrincipal();
    await expect(getOrder(stranger, hidden!.id)).rejects.toMatchObject({ code: "not_found" });
  });

  it("is decided once, whichever id is named, also by many at the same moment", async () => {
    const { admin } = await labWith("cadmus", "meditlink");
    for (const hidden of (await hiddenRows(admin)).slice(0, 4)) {
      const shown = await getOrder(admin, hidden.id);
      if (shown.status !== "pending") continue;
      const asked = await Promise.allSettled(
        Array.from({ length: 8 }, (_, i) => decide(admin, i % 2 ? hidden.id : shown.id, i % 3 ? "accept" : "reject")),
      );
      const won = asked.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
      expect(won).toHaveLength(1);
      expect(won[0]).toMatchObject({ orderId: shown.id, recordedOnly: false });
      for (const answer of asked)
        if (answer.status === "rejected") expect(answer.reason).toMatchObject({ code: "decision_in_progress" });
      await carryOutDecision(admin.organisationId, won[0]!.id);
      const { accepted, rejected } = truth(shown.number).counts;
      expect(accepted + rejected).toBe(1);
      await expect(decide(admin, hidden.id, "accept")).rejects.toMatchObject({ code: "order_already_decided" });
      expect(await database().decision.count({ where: { orderId: { in: [shown.id, hidden.id] } } })).toBe(1);
    }
  });

  it("stays decided when the decision was written down before the other door opened, and is told to that vendor once", async () => {
    const { admin } = await labWith("cadmus");
    const pending = (await database().order.findMany({ where: { organisationId: admin.organisationId } })).filter(
      (row) => row.status === "pending" && portal.sandbox.world.cases.has(row.portalCaseKey ?? ""),
    );
    for (const row of pending) await decide(admin, row.id, "accept");
    const { id } = await createConnection(admin, {
      vendor: "meditlink",
      credentials: { email: EMAILS.meditlink!, password: "sandbox" },
    });
    await syncConnection({ organisationId: admin.organisationId, connectionId: id });
    const shown = (await everything(admin)).items.filter(
      (item) => item.sources.length > 1 && item.status === "pending",
    );
    expect(shown.length).toBeGreaterThan(0);
    const passOn = (orderId: string) =>
      requestDecision(admin, { orderId, kind: "pass_on", body: {}, idempotencyKey: null });
    for (const order of shown) {
      expect(order).toMatchObject({ actions: [], decision: { recordedOnly: true, kind: "accept" } });
      for (const kind of ["accept", "reject"] as const)
        await expect(decide(admin, order.id, kind)).rejects.toMatchObject({ code: "order_already_decided" });
      expect((await getOrder(admin, order.id)).passOn).toBe("accept");
      const asked = await Promise.allSettled(Array.from({ length: 5 }, () => passOn(order.id)));
      const [sent, ...more] = asked.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
      expect(more).toEqual([]);
      expect(sent).toMatchObject({ kind: "accept", recordedOnly: false, state: "requested" });
      await carryOutDecision(admin.organisationId, sent!.id);
      expect(truth(order.number).counts.accepted).toBe(1);
      await expect(passOn(order.id)).rejects.toMatchObject({ code: "order_already_decided" });
      expect(await getOrder(admin, order.id)).toMatchObject({ status: "accepted", passOn: null, actions: [] });
    }
  });

  it("is recognised also when both accounts are synced at the same moment", async () => {
    const { admin, connections } = await labWith("meditlink", "cadmus");
    const { organisationId } = admin;
    await database().order.deleteMany({ where: { organisationId } });
    await database().connection.updateMany({ where: { organisationId }, data: { cursor: null, lastSyncAt: null } });
    await Promise.all(
      Object.values(connections).map((connectionId) => syncConnection({ organisationId, connectionId })),
    );
    expect(await hiddenRows(admin)).toHaveLength(6);
  });

  it("is shown twice again as soon as the vendors' ids say so, and once again after that", async () => {
    const { admin } = await labWith("meditlink", "cadmus");
    const { organisationId } = admin;
    const before = (await list(admin)).total;
    const [hidden] = await hiddenRows(admin);
    await database().order.update({ where: { id: hidden!.id }, data: { portalCaseKey: randomUUID() } });
    await rematchTwins();
    expect((await list(admin)).total).toBe(before + 1);
    expect((await getOrder(admin, hidden!.id)).id).toBe(hidden!.id);
    expect((await listOrderEvents(admin, hidden!.twinOfId!)).items.map((event) => event.kind)).toContain("twin_lost");
    // The next read brings the id back.
    await database().connection.updateMany({ where: { organisationId }, data: { cursor: null } });
    await database().order.updateMany({ where: { id: hidden!.id }, data: { vendorStatus: "?" } });
    await syncConnection({ organisationId, connectionId: hidden!.connectionId });
    expect((await list(admin)).total).toBe(before);
  });

  it("is recognised by its scans where no id tells, but not when one of them differs", async () => {
    const { admin } = await labWith("meditlink", "cadmus");
    const { organisationId } = admin;
    const pairs = (await hiddenRows(admin)).slice(0, 4);
    await database().order.updateMany({ where: { organisationId, vendor: "cadmus" }, data: { portalCaseKey: null } });
    await rematchTwins();
    expect(await hiddenRows(admin)).toHaveLength(0);

    const wholly: string[] = [];
    for (const { id, twinOfId } of pairs) {
      const where = { orderId: { in: [id, twinOfId!] } };
      for (const scan of await database().scan.findMany({ where })) await fetchScan(organisationId, scan.id);
      if ((await database().scan.count({ where: { ...where, state: { not: "ready" } } })) === 0) wholly.push(id);
    }
    expect(wholly.length).toBeGreaterThan(1);
    const recognised = async () => (await hiddenRows(admin)).map((row) => `${row.id} ${row.twinBy}`).sort();
    expect(await recognised()).toEqual(wholly.map((id) => `${id} content`).sort());

    const [differs, ...rest] = wholly;
    const scan = await database().scan.findFirstOrThrow({ where: { orderId: differs! } });
    await database().scan.update({ where: { id: scan.id }, data: { sha256: "0".repeat(64), boundsMax: [1, 2, 3] } });
    await rematchTwins();
    expect(await recognised()).toEqual(rest.map((id) => `${id} content`).sort());
  });
});
