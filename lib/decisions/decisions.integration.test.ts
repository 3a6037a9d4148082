import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Principal } from "#lib/access/principal.ts";
import { verifyAudit } from "#lib/audit/verify-audit.ts";
import type { Clock } from "#lib/clock.ts";
import { syncConnection } from "#lib/connections/sync-connection.ts";
import { database } from "#lib/database/database.ts";
import { getOrder } from "#lib/orders/get-order.ts";
import { listOrderEvents } from "#lib/orders/list-order-events.ts";
import type { DecisionKind } from "#lib/orders/order-schema.ts";
import { refreshOrder } from "#lib/orders/refresh-order.ts";
import { addPrincipal, makePrincipal } from "#lib/testing/orders-in-database.ts";
import {
  connectAccount,
  orderIdOf,
  type PortalWithSandbox,
  startPortalWithSandbox,
} from "#lib/testing/portal-with-sandbox.ts";
import { carryOutDecision } from "./carry-out-decision.ts";
import { claimDecision } from "./claim-decision.ts";
import { getDecision } from "./get-decision.ts";
import { requestDecision } from "./request-decision.ts";
import { requeueLeftBehind } from "./requeue-left-behind.ts";

let portal: PortalWithSandbox;
let lab: { admin: Principal; connectionId: string };
let clinic: { admin: Principal; connectionId: string };
let technician: Principal;

beforeAll(async () => {
  portal = await startPortalWithSandbox({ orders: 5 });
  lab = await connectAccount("lab", "lab@onelab.example");
  clinic = await connectAccount("clinic", "clinic@davis.example");
  technician = await addPrincipal(lab.admin.organisationId, "lab", "technician");
});
afterAll(() => portal.close());
afterEach(() => control("DELETE", "/faults"));

async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(`${portal.sandbox.control}${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return (await answer.json()) as T;
}

/** A pending order that both sides have here; `truth` is the vendor's own record. */
async function newOrder(side: "lab" | "clinic" = "lab") {
  const { numbers } = await control<{ numbers: number[] }>("POST", "/orders", {});
  const number = numbers[0]!;
  const { admin, connectionId } = side === "lab" ? lab : clinic;
  await syncConnection({ organisationId: admin.organisationId, connectionId });
  return { number, id: await orderIdOf(connectionId, number), truth: () => portal.sandbox.world.orders.get(number)! };
}

const decide = (who: Principal, orderId: string, kind: DecisionKind, key: string | null = null, body = {}) =>
  requestDecision(who, { orderId, kind, body, idempotencyKey: key });
const armFault = (method: string, path: string, kind: string, more = {}) =>
  control("POST", "/faults", { method, path, fault: { kind, ...more }, count: 1 });
const later = (ms: number): Clock => ({ now: () => new Date(Date.now() + ms) });
const carryOut = (decisionId: string, ms = 0, who = technician) =>
  carryOutDecision(who.organisationId, decisionId, { clock: later(ms) });
const eventKinds = async (orderId: string) =>
  (await listOrderEvents(technician, orderId)).items.map((event) => event.kind);

describe("accepting an order", () => {
  it("is requested at once, sent once, and shown as accepted when the vendor says so", async () => {
    const order = await newOrder();
    const decision = await decide(technician, order.id, "accept", null, { note: "For Friday" });
    expect(decision).toMatchObject({ state: "requested", kind: "accept", note: "For Friday", recordedOnly: false });
    const before = await getOrder(technician, order.id);
    expect(before).toMatchObject({ status: "pending", actions: [], decision: { id: decision.id } });
    expect(before.unavailable).toEqual({ accept: "decision_in_progress", reject: "decision_in_progress" });
    expect(order.truth().counts.accepted).toBe(0);

    await carryOut(decision.id);
    expect(await getDecision(technician, decision.id)).toMatchObject({
      state: "confirmed",
      attempts: 1,
      problem: null,
    });
    expect(await getOrder(technician, order.id)).toMatchObject({
      status: "accepted",
      vendorStatus: "ACCEPTED",
      actions: [],
    });
    expect(order.truth()).toMatchObject({ status: "ACCEPTED", counts: { accepted: 1 } });
    expect(await eventKinds(order.id)).toEqual(
      expect.arrayContaining(["decision_requested", "decision_confirmed", "status_changed"]),
    );
    await carryOut(decision.id);
    expect(order.truth().counts.accepted).toBe(1);
  });

  it("leaves a trail that the organisation can verify", async () => {
    const actions = await database().auditEntry.findMany({
      where: { organisationId: lab.admin.organisationId, action: { startsWith: "decision." } },
      orderBy: { seq: "asc" },
    });
    expect(actions.map((entry) => entry.action)).toEqual(["decision.requested", "decision.confirmed"]);
    expect(JSON.stringify(actions.map((entry) => entry.facts))).not.toContain("Friday");
    expect((await verifyAudit()).map((verdict) => verdict.brokenAt)).toEqual([null, null]);
  });

  it.each(["resetAfterCommit", "statusAfterCommit"])("F32: a lost answer (%s) is found by reading", async (kind) => {
    const order = await newOrder();
    const decision = await decide(technician, order.id, "accept");
    await armFault("PUT", "/accept", kind, { status: 502 });
    await carryOut(decision.id);
    expect(await getDecision(technician, decision.id)).toMatchObject({ state: "confirmed" });
    expect(order.truth().counts.accepted).toBe(1);
  });

  it("F32: what never arrived is sent again after a look, once", async () => {
    const order = await newOrder();
    const decision = await decide(technician, order.id, "accept");
    await armFault("PUT", "/accept", "reset");
    await carryOut(decision.id);
    expect(await getDecision(technician, decision.id)).toMatchObject({ state: "requested", attempts: 1 });
    expect((await getDecision(technician, decision.id)).problem).toMatch(/^vendor_/);
    await carryOut(decision.id); // too early: the pause is not over
    expect((await getDecision(technician, decision.id)).attempts).toBe(1);
    await carryOut(decision.id, 5_000);
    expect(await getDecision(technician, decision.id)).toMatchObject({
      state: "confirmed",
      attempts: 2,
      problem: null,
    });
    expect(order.truth().counts.accepted).toBe(1);
  });

  it("F32: neither the answer nor the look came through: the next try looks first", async () => {
    const order = await newOrder();
    const decision = await decide(technician, order.id, "accept");
    await armFault("PUT", "/accept", "resetAfterCommit");
    const blind = await control<{ id: number }>("POST", "/faults", {
      method: "GET",
      path: `/v1/orders/${order.number}`,
      fault: { kind: "status", status: 503 },
    });
    await carryOut(decision.id);
    expect(await getDecision(technician, decision.id)).toMatchObject({ state: "requested", attempts: 1 });
    await control("DELETE", `/faults/${blind.id}`);
    await carryOut(decision.id, 120_000);
    expect(await getDecision(technician, decision.id)).toMatchObject({ state: "confirmed", attempts: 2 });
    expect(order.truth().counts.accepted).toBe(1);
  });

  it("fails with what the vendor said when the vendor refuses for good", async () => {
    const order = await newOrder();
    const decision = await decide(technician, order.id, "accept");
    await armFault("PUT", "/accept", "status", { status: 403 });
    await carryOut(decision.id);
    expect(await getDecision(technician, decision.id)).toMatchObject({
      state: "failed",
      problem: "vendor_scope_missing",
    });
    expect(await getOrder(technician, order.id)).toMatchObject({ status: "pending", actions: ["accept", "reject"] });
  });

  it("stops at its deadline with a last look, and never sends late", async () => {
    const order = await newOrder();
    const decision = await decide(technician, order.id, "accept");
    await armFault("PUT", "/accept", "reset");
    await carryOut(decision.id);
    await carryOut(decision.id, 16 * 60_000);
    expect(await getDecision(technician, decision.id)).toMatchObject({ state: "failed" });
    expect(order.truth()).toMatchObject({ status: "PENDING", counts: { accepted: 0 } });
  });

  it.each([
    ["reached the vendor all the same", 0, false],
    ["was decided by a colleague at the vendor afterwards", 30 * 60_000, true],
  ])(
    "given up in doubt, %s: the next read says so, in the journal and in the history",
    async (_, afterMs, elsewhere) => {
      const order = await newOrder();
      const decision = await decide(technician, order.id, "accept");
      const blind = await control<{ id: number }>("POST", "/faults", {
        path: `/v1/orders/${order.number}`,
        fault: { kind: "status", status: 503 },
      });
      await carryOut(decision.id);
      await carryOut(decision.id, 16 * 60_000);
      expect(await getDecision(technician, decision.id)).toMatchObject({ state: "failed" });
      await control("DELETE", `/faults/${blind.id}`);
      const closedAt = new Date(Date.now() - afterMs);
      await database().decision.update({ where: { id: decision.id }, data: { closedAt } });
      await control("POST", `/orders/${order.number}`, { action: "accept" });
      await refreshUntilSeen(order.id);
      expect(await getDecision(technician, decision.id)).toMatchObject({ state: "confirmed", problem: null });
      const { items } = await listOrderEvents(technician, order.id);
      expect(items.find((event) => event.kind === "decision_confirmed")?.facts).toMatchObject({
        late: true,
        elsewhere,
      });
      expect(order.truth().counts.accepted).toBe(0);
    },
  );

  /** The failing reads opened the breaker for a few seconds. */
  async function refreshUntilSeen(orderId: string) {
    await expect
      .poll(
        async () => {
          await refreshOrder(technician.organisationId, orderId).catch(() => {});
          return (await database().order.findUniqueOrThrow({ where: { id: orderId } })).status;
        },
        { timeout: 20_000, interval: 250 },
      )
      .toBe("accepted");
  }

  it("waits, not fails, while the account has to be connected again", async () => {
    const order = await newOrder();
    const decision = await decide(technician, order.id, "accept");
    const where = { id: lab.connectionId };
    await database().connection.update({ where, data: { state: "reconnect_needed" } });
    await expect(decide(technician, (await firstPending()).id, "accept")).rejects.toMatchObject({
      code: "reconnect_needed",
    });
    await carryOut(decision.id);
    expect(await getDecision(technician, decision.id)).toMatchObject({
      state: "requested",
      problem: "reconnect_needed",
    });
    await database().connection.update({ where, data: { state: "connected" } });
    await carryOut(decision.id, 60_000);
    expect(await getDecision(technician, decision.id)).toMatchObject({ state: "confirmed" });
    expect(order.truth().counts.accepted).toBe(1);
  });

  async function firstPending() {
    return database().order.findFirstOrThrow({
      where: { connectionId: lab.connectionId, status: "pending", decisions: { none: {} } },
    });
  }
});

describe("F33: an order that somebody decided at the vendor first", () => {
  it.each([
    ["accept", "accept", "confirmed"],
    ["accept", "cancel", "conflict"],
    ["accept", "reject", "conflict"],
    ["reject", "reject", "confirmed"],
    ["reject", "accept", "conflict"],
    ["reject", "cancel", "conflict"],
  ] as const)("we %s, they %s: %s", async (ours, theirs, state) => {
    const order = await newOrder();
    const decision = await decide(technician, order.id, ours);
    await control("POST", `/orders/${order.number}`, { action: theirs });
    await carryOut(decision.id);
    const after = await getDecision(technician, decision.id);
    expect(after.state).toBe(state);
    const shown = await getOrder(technician, order.id);
    expect(shown.status).toBe({ accept: "accepted", reject: "rejected", cancel: "cancelled" }[theirs]);
    if (state === "conflict")
      expect(after.conflict).toEqual({
        status: shown.status,
        vendorStatus: order.truth().status,
        at: expect.any(String),
      });
    const confirmed = (await listOrderEvents(technician, order.id)).items.find((e) => e.kind === "decision_confirmed");
    expect(confirmed?.facts.elsewhere).toBe(state === "confirmed" ? true : undefined);
    expect(order.truth().counts).toMatchObject({ accepted: 0, rejected: 0, cancelled: 0 });
  });

  it("tells who asks next that it is decided, and by whom", async () => {
    const order = await newOrder();
    const decision = await decide(technician, order.id, "accept");
    await carryOut(decision.id);
    await expect(decide(lab.admin, order.id, "reject")).rejects.toMatchObject({
      code: "order_already_decided",
      facts: { who: technician.name, when: expect.any(String) },
    });
  });
});

describe("F34: two hands on one order", () => {
  it("lets one through and tells the others who and when, whatever they ask", async () => {
    for (let round = 0; round < 5; round++) {
      const order = await newOrder();
      const asked = await Promise.allSettled(
        Array.from({ length: 8 }, (_, i) =>
          decide(i % 2 ? technician : lab.admin, order.id, i % 3 ? "accept" : "reject"),
        ),
      );
      const won = asked.filter((answer) => answer.status === "fulfilled");
      expect(won).toHaveLength(1);
      for (const answer of asked)
        if (answer.status === "rejected")
          expect(answer.reason).toMatchObject({
            code: "decision_in_progress",
            facts: { who: won[0]!.value.requestedBy.name, when: won[0]!.value.requestedAt },
          });
      await Promise.all([1, 2, 3].map(() => carryOut(won[0]!.value.id)));
      const { accepted, rejected } = order.truth().counts;
      expect(accepted + rejected).toBe(1);
    }
  });

  it("answers the same request the same way, and refuses its key for another", async () => {
    const order = await newOrder();
    const answers = await Promise.all(
      [1, 2, 3].map(() => decide(technician, order.id, "accept", "key-1", { note: "a" })),
    );
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    await carryOut(answers[0]!.id);
    expect(await decide(technician, order.id, "accept", "key-1", { note: "a" })).toMatchObject({ state: "confirmed" });
    const reused = { code: "idempotency_key_reused" };
    await expect(decide(technician, order.id, "accept", "key-1", { note: "b" })).rejects.toMatchObject(reused);
    await expect(decide(technician, order.id, "reject", "key-1", { note: "a" })).rejects.toMatchObject(reused);
    await expect(decide(technician, (await newOrder()).id, "accept", "key-1", { note: "a" })).rejects.toMatchObject(
      reused,
    );
    await expect(decide(technician, order.id, "accept", "a b")).rejects.toMatchObject({ code: "invalid_parameter" });
    expect(order.truth().counts.accepted).toBe(1);
  });
});

describe("F35: a process that dies around an accept", () => {
  it("before it sent: the next one waits for its lease, looks and sends", async () => {
    const order = await newOrder();
    const decision = await decide(technician, order.id, "accept");
    expect(await claimDecision(technician.organisationId, decision.id)).not.toBeNull();
    await carryOut(decision.id);
    expect(await getDecision(technician, decision.id)).toMatchObject({ state: "sending", attempts: 1 });
    expect(order.truth().counts.accepted).toBe(0);
    await carryOut(decision.id, 31_000);
    expect(await getDecision(technician, decision.id)).toMatchObject({ state: "confirmed", attempts: 2 });
    expect(order.truth().counts.accepted).toBe(1);
  });

  it("after it sent: the next one looks and does not send", async () => {
    const order = await newOrder();
    const decision = await decide(technician, order.id, "accept");
    await claimDecision(technician.organisationId, decision.id);
    await control("POST", `/orders/${order.number}`, { action: "accept" });
    await carryOut(decision.id, 31_000);
    expect(await getDecision(technician, decision.id)).toMatchObject({ state: "confirmed" });
    expect(order.truth().counts.accepted).toBe(0);
  });

  it("with its job lost: the next minute gives it another", async () => {
    const order = await newOrder();
    await decide(technician, order.id, "accept");
    await database().$executeRaw`DELETE FROM jobs.job WHERE name = 'carry-out-decision'`;
    expect(await requeueLeftBehind()).toBeGreaterThan(0);
    expect(await requeueLeftBehind()).toBe(0);
    expect(order.truth().counts.accepted).toBe(0);
  });
});

describe("a clinic", () => {
  it("cancels what the lab has not accepted, and nothing else", async () => {
    const order = await newOrder("clinic");
    const staff = await addPrincipal(clinic.admin.organisationId, "clinic", "staff");
    await expect(decide(staff, order.id, "accept")).rejects.toMatchObject({ code: "action_not_available" });
    const decision = await decide(staff, order.id, "cancel");
    await carryOut(decision.id, 0, staff);
    expect(await getOrder(staff, order.id)).toMatchObject({ status: "cancelled", actions: [] });
    expect(order.truth()).toMatchObject({ status: "CANCELED", counts: { cancelled: 1 } });

    const accepted = await newOrder("clinic");
    await control("POST", `/orders/${accepted.number}`, { action: "accept" });
    await refreshOrder(staff.organisationId, accepted.id);
    await expect(decide(staff, accepted.id, "cancel")).rejects.toMatchObject({ code: "order_already_decided" });
    expect(accepted.truth().status).toBe("ACCEPTED");
  });
});

describe("who may not decide", () => {
  it("a viewer is told so, and another organisation finds nothing", async () => {
    const order = await newOrder();
    const viewer = await addPrincipal(lab.admin.organisationId, "lab", "viewer");
    await expect(decide(viewer, order.id, "accept")).rejects.toMatchObject({ code: "forbidden" });
    const stranger = await makePrincipal();
    const decision = await decide(technician, order.id, "reject");
    for (const attempt of [
      () => decide(stranger, order.id, "accept"),
      () => getOrder(stranger, order.id),
      () => listOrderEvents(stranger, order.id),
      () => getDecision(stranger, decision.id),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
  });
});
